import {
  isNumeric,
  select,
  type Capable,
  type Column,
  type Field,
  type NumericArray,
  type Rows,
} from "@gen/core";
import { beginning } from "../../data/beginning.js";

/** Characters or elements of a text or sequence that are given. */
const given = 2;

/**
 * One condition out of data: the columns that may be given of the first row, with texts and sequences cut short, and
 * the second half left out of arrays that may have gaps and of the columns of x that may be missing.
 */
export function conditionOf(model: Capable<"conditional">, first: Rows): Rows {
  const { fields } = model.condition;
  const present = Object.keys(fields).filter((name) => name in first.columns);
  const single = present.filter((name) => isOptionalNumber(fields[name]!));
  const absent = single.slice(Math.ceil(single.length / 2));
  const chosen = select(
    first,
    present.filter((name) => !absent.includes(name)),
  );
  const columns = Object.fromEntries(
    Object.entries(chosen.columns).map(([name, column]) => [name, cut(column, fields[name]!)]),
  );
  return { length: first.length, columns };
}

const isOptionalNumber = (field: Field): boolean =>
  field.optional === true &&
  (field.role ?? "x") === "x" &&
  field.type !== "text" &&
  field.sequence !== true &&
  field.shape.length === 0;

function cut(column: Column, field: Field): Column {
  const isWhole = isNumeric(column.data) && column.lengths === undefined;
  const mayHaveGaps = field.optional === true && (field.role ?? "x") === "x";
  return isWhole && mayHaveGaps ? halved(column) : beginning(column, given);
}

/** With the second half missing: NaN in reals, -1 in categories. */
function halved(column: Column): Column {
  const values = column.data as NumericArray;
  const real = values instanceof Float64Array || values instanceof Float32Array;
  const data = real ? Float64Array.from(values) : Int32Array.from(values);
  return { ...column, data: data.fill(real ? NaN : -1, Math.ceil(data.length / 2)) };
}
