import { InputError, yField, type DataSpec } from "@gen/core";

/** The column of classes that a flow is conditioned on. */
export interface Label {
  readonly name: string;
  readonly classes: readonly string[];
}

/** The label of the data, if they have one. Throws `InputError` when it is not one category a row. */
export function labelOf(spec: DataSpec): Label | undefined {
  const found = yField(spec);
  if (!found) return undefined;
  const { name, field } = found;
  if (
    field.type !== "category" ||
    field.shape.length > 0 ||
    field.sequence === true ||
    field.optional === true
  )
    throw new InputError(
      `The label "${name}" is not one category for each row: leave it out, or the rows where it is missing.`,
    );
  return { name, classes: field.names ?? Array.from({ length: field.levels }, (_, i) => String(i)) };
}
