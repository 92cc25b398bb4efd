import { InputError, sizeOf, xFields, yField, type CategoryField, type DataSpec } from "@gen/core";

/** The images' column: whole levels in an array of a fixed size. */
export interface ImageColumn {
  readonly name: string;
  readonly field: CategoryField;
  /** Pixels of an image, times its channels. */
  readonly size: number;
}

/** The column of the images. @throws InputError for data that are no arrays of whole levels, one for each row. */
export function imageColumn(spec: DataSpec): ImageColumn {
  const columns = Object.entries(xFields(spec));
  const [name, field] = columns[0]!;
  if (columns.length !== 1)
    throw new InputError(
      `An image model takes one column of images; these data have: ${columns.map(([other]) => other).join(", ")}.`,
    );
  if (field.type !== "category")
    throw new InputError(
      `The column "${name}" is ${field.type}, and an image model takes whole levels of brightness: round it to levels.`,
    );
  if (field.sequence === true || field.optional === true)
    throw new InputError(`The images in "${name}" must have one size and no gaps: cut, pad or fill them.`);
  if (field.levels < 2)
    throw new InputError(`The images in "${name}" have one level: there is nothing to learn.`);
  return { name, field, size: sizeOf(field.shape) };
}

/** A label's column. */
export interface LabelColumn {
  readonly name: string;
  readonly field: CategoryField;
}

/** The column of labels, where there is one. @throws InputError for labels that are no single category. */
export function labelColumn(spec: DataSpec): LabelColumn | undefined {
  const label = yField(spec);
  if (!label) return undefined;
  const { name, field } = label;
  const { sequence, optional } = field;
  if (field.type !== "category" || field.shape.length > 0 || sequence === true || optional === true)
    throw new InputError(
      `The label "${name}" must be one of a few classes for each image, with none missing.`,
    );
  return { name, field };
}
