import { isNumeric, sizeOf, xFields, type Column, type DataSpec, type Rows } from "@gen/core";
import type { Toy } from "./toy.js";

/** Every so many-th row has a gap, from the third on. */
const every = 7;
const first = 2;

/** The same data with missing values in each field of x that can have them; undefined when none can. */
export function gapped(
  spec: DataSpec,
  rows: Rows,
): (Toy & { readonly names: readonly string[] }) | undefined {
  const names = Object.entries(xFields(spec)).flatMap(([name, field]) =>
    field.type === "text" || field.sequence === true ? [] : [name],
  );
  if (names.length === 0) return undefined;
  const fields = Object.entries(spec.fields).map(([name, field]) => [
    name,
    names.includes(name) ? { ...field, optional: true } : field,
  ]);
  const columns = Object.entries(rows.columns).map(([name, column]) => [
    name,
    names.includes(name) ? withGaps(column, spec.fields[name]!.type === "real" ? NaN : -1) : column,
  ]);
  return {
    names,
    spec: { kind: spec.kind, fields: Object.fromEntries(fields) as DataSpec["fields"] },
    rows: { length: rows.length, columns: Object.fromEntries(columns) as Rows["columns"] },
  };
}

function withGaps({ data, shape }: Column, missing: number): Column {
  if (!isNumeric(data)) throw new TypeError("Toy data are in arrays of numbers.");
  const width = sizeOf(shape);
  const holed = Float64Array.from(data, (value, i) =>
    i % width === 0 && Math.floor(i / width) % every === first ? missing : value,
  );
  return { data: holed, shape };
}
