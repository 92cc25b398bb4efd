import { InputError, type Field } from "@gen/core";

/** The names of a label's classes. @throws InputError when the label is not a category. */
export function classNames(name: string, field: Field): readonly string[] {
  if (field.type !== "category")
    throw new InputError(
      `The label "${name}" is not a category: a mixture can have labels of a few names only.`,
    );
  return field.names ?? Array.from({ length: field.levels }, (_, i) => String(i));
}
