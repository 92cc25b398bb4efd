import { InputError } from "../errors.js";
import { isTensor, isText, offsetsOf, sizeOf } from "./column.js";
import { column as columnOf } from "./select.js";
import type { DataSpec, Field, Rows } from "./types.js";

export type CategoryField = Extract<Field, { type: "category" }>;
export type RealField = Extract<Field, { type: "real" }>;

/** The fields of x by name, in the specification's order. */
export const xFields = (spec: DataSpec): Readonly<Record<string, Field>> =>
  fieldsWhere(spec, ({ role = "x" }) => role === "x");

/** The fields that are not x, labels and weights, by name, in the specification's order. */
export const besideX = (spec: DataSpec): Readonly<Record<string, Field>> =>
  fieldsWhere(spec, ({ role = "x" }) => role !== "x");

/** The fields of labels and targets by name, in the specification's order. */
export const yFields = (spec: DataSpec): Readonly<Record<string, Field>> =>
  fieldsWhere(spec, ({ role }) => role === "y");

/** The one field of role y with its name, or undefined when there is none. Throws `InputError` on several. */
export function yField(spec: DataSpec): { readonly name: string; readonly field: Field } | undefined {
  return onlyOf(spec, "y");
}

/**
 * The name of the one field of role weight, or undefined when there is none. Throws `InputError` on several, and on
 * one that is not a real number in each row.
 */
export function weightField(spec: DataSpec): string | undefined {
  const found = onlyOf(spec, "weight");
  if (found === undefined) return undefined;
  const { name, field } = found;
  if (field.type === "real" && field.shape.length === 0 && field.sequence !== true) return name;
  throw new InputError(
    `The weight "${name}" is not one real number in each row: make it a real field of shape [].`,
  );
}

function onlyOf(
  spec: DataSpec,
  wanted: "y" | "weight",
): { readonly name: string; readonly field: Field } | undefined {
  const found = Object.entries(spec.fields).flatMap(([name, field]) =>
    field.role === wanted ? [{ name, field }] : [],
  );
  if (found.length > 1) {
    const names = found.map(({ name }) => `"${name}"`).join(", ");
    throw new InputError(
      `The data have several fields of role ${wanted} (${names}); select the one that is meant.`,
    );
  }
  return found[0];
}

/** The specification with only the named fields, in that order. Throws `InputError` on one that isn't there. */
export const selectSpec = (spec: DataSpec, names: readonly string[]): DataSpec => ({
  kind: spec.kind,
  fields: Object.fromEntries(names.map((name) => [name, fieldOf(spec, name)])),
});

/** One field by name. Throws `InputError` naming the fields there are. */
export function fieldOf(spec: DataSpec, name: string): Field {
  const field = Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;
  if (field !== undefined) return field;
  const there = Object.keys(spec.fields).map((other) => `"${other}"`);
  throw new InputError(`There is no field "${name}": the data have ${there.join(", ") || "no fields"}.`);
}

/** Whether a category's levels have an order: as its field says, and by default in images, whose levels are brightness. */
export const isOrdered = (spec: DataSpec, field: CategoryField): boolean =>
  field.ordered ?? spec.kind === "images";

/** Whether two specifications say the same, whatever the order of their fields. */
export function sameSpec(a: DataSpec, b: DataSpec): boolean {
  const canonical = (spec: DataSpec): string =>
    JSON.stringify([
      spec.kind,
      Object.entries(spec.fields)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, field]) => [
          name,
          field.role ?? "x",
          field.sequence ?? false,
          field.optional ?? false,
          field.type,
          field.type === "text" ? [] : field.shape,
          field.type === "category" ? [field.levels, field.names ?? null, isOrdered(spec, field)] : [],
        ]),
    ]);
  return canonical(a) === canonical(b);
}

/**
 * How many scalars x has in each row, for bits per dimension: sizes of shapes, times the length where a column is
 * ragged; of text the Unicode code points. A tensor is not read. Throws `InputError` on a missing column.
 */
export function elements(spec: DataSpec, x: Rows): Float64Array {
  const counts = new Float64Array(x.length);
  for (const [name, field] of Object.entries(xFields(spec))) {
    if (field.optional === true && !Object.hasOwn(x.columns, name)) continue;
    const column = columnOf(x, name);
    const { data } = column;
    const offsets = isTensor(data) ? undefined : offsetsOf(column);
    for (let row = 0; row < x.length; row++) {
      if (isText(data)) counts[row]! += Array.from(data[row]!).length;
      else if (offsets !== undefined) counts[row]! += offsets[row + 1]! - offsets[row]!;
      else counts[row]! += (column.lengths?.[row] ?? 1) * sizeOf(column.shape);
    }
  }
  return counts;
}

/** The specification in one line, for people. */
export function describe(spec: DataSpec): string {
  const fields = Object.entries(spec.fields).map(([name, field]) => `${name} ${describeField(field)}`);
  return `${spec.kind}: ${fields.join("; ")}`;
}

function describeField(field: Field): string {
  const shape = field.type === "text" || field.shape.length === 0 ? "" : `[${field.shape.join(", ")}]`;
  const levels = field.type === "category" ? ` of ${field.levels} levels` : "";
  const notes = [
    ...(field.role === "y" ? ["label"] : []),
    ...(field.role === "weight" ? ["weight"] : []),
    ...(field.sequence === true ? ["sequence"] : []),
    ...(field.optional === true ? ["optional"] : []),
  ];
  return `${field.type}${shape}${levels}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
}

const fieldsWhere = (spec: DataSpec, keeps: (field: Field) => boolean): Record<string, Field> =>
  Object.fromEntries(Object.entries(spec.fields).filter(([, field]) => keeps(field)));
