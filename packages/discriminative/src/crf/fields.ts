import { InputError, sizeOf, xFields, yField, type CategoryField, type DataSpec } from "@gen/core";

interface Named {
  readonly name: string;
  readonly field: CategoryField;
}

/** What is seen at each position, and what is to be told of it. */
export interface Fields {
  readonly observed: readonly Named[];
  readonly tag: Named;
}

/** @throws InputError when a column is no sequence of categories. */
export function fieldsOf(spec: DataSpec): Fields {
  const observed = Object.entries(xFields(spec)).map(([name, field]) => {
    if (field.type === "category" && field.sequence === true && sizeOf(field.shape) === 1)
      return { name, field };
    throw new InputError(
      `A conditional random field reads sequences of categories, and the column "${name}" is something else: leave it out, or encode it as categories.`,
    );
  });
  const label = yField(spec);
  if (label?.field.type === "category" && label.field.sequence === true && sizeOf(label.field.shape) === 1)
    return { observed, tag: { name: label.name, field: label.field } };
  throw new InputError(
    `A conditional random field learns a tag for each element, and the label "${label?.name ?? ""}" is no sequence of categories.`,
  );
}

/** The names of tags; numbers where the field has none. */
export const namesOf = ({ names, levels }: CategoryField): readonly string[] =>
  names ?? Array.from({ length: levels }, (_, i) => String(i));
