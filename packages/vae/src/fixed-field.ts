import { InputError, type Field } from "@gen/core";

/** Numbers or categories, as many in every row. */
export type FixedField = Exclude<Field, { type: "text" }>;

/** The field itself. @throws InputError when it is text, a sequence, or may be missing. */
export function fixedField(name: string, field: Field): FixedField {
  if (field.type === "text")
    throw new InputError(`A variational auto-encoder takes no text: leave out the column "${name}".`);
  if (field.sequence === true)
    throw new InputError(
      `A variational auto-encoder takes rows of one length: leave out the column "${name}", or cut and pad it.`,
    );
  if (field.optional === true)
    throw new InputError(
      `A variational auto-encoder takes no gaps, and the column "${name}" may have some: fill them in, or leave it out.`,
    );
  return field;
}
