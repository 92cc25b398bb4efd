import type { DataSpec, Field, Rows } from "@gen/core";

/** A column's field by name, where the rows have both: x first, as the specification orders them. */
export const fieldsOf = (rows: Rows, spec: DataSpec): readonly (readonly [name: string, field: Field])[] =>
  Object.entries(spec.fields).filter(([name]) => Object.hasOwn(rows.columns, name));

/** The field that is text, by name; undefined when there is none. */
export const textField = (spec: DataSpec): string | undefined =>
  Object.entries(spec.fields).find(([, { type, role }]) => type === "text" && role !== "y")?.[0];

/** The field that is a picture of shape [height, width] or [height, width, 1 or 3]; undefined when there is none. */
export function pictureField(
  spec: DataSpec,
): readonly [name: string, field: Exclude<Field, { type: "text" }>] | undefined {
  for (const [name, field] of Object.entries(spec.fields)) {
    if (field.type === "text" || field.role === "y" || field.sequence === true) continue;
    const [, , channels = 1] = field.shape;
    if ((field.shape.length === 2 || field.shape.length === 3) && (channels === 1 || channels === 3))
      return [name, field];
  }
  return undefined;
}
