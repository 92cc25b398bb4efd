import {
  column,
  elementNames,
  InputError,
  isNumeric,
  isText,
  sizeOf,
  type Field,
  type NumericArray,
  type Rows,
} from "@gen/core";

/** A field of x: its name, and how many numbers a row has of it. */
export interface FieldOfX {
  readonly name: string;
  readonly field: Exclude<Field, { type: "text" }>;
  readonly size: number;
}

export const fieldOfX = (name: string, field: FieldOfX["field"]): FieldOfX => ({
  name,
  field,
  size: sizeOf(field.shape),
});

/**
 * The numbers of a column, row-major; undefined where an optional column is not there: all of it is missing. Texts
 * become levels by their names, those that are none of them the first number beyond.
 * @throws InputError when the column is missing, ragged, of another shape, or not in JavaScript.
 */
export function numbersOf(x: Rows, { name, field }: FieldOfX): NumericArray | undefined {
  if (field.optional === true && !Object.hasOwn(x.columns, name)) return undefined;
  const { data, shape, lengths } = column(x, name);
  if (isText(data)) return levelsOf(data, name, field);
  if (!isNumeric(data)) throw new InputError(`Column "${name}" is a tensor; download it first.`);
  if (lengths !== undefined || shape.join() !== field.shape.join())
    throw new InputError(
      `Column "${name}" has rows of shape [${shape.join(", ")}]${lengths ? " and is ragged" : ""} instead of [${field.shape.join(", ")}].`,
    );
  return data;
}

function levelsOf(texts: readonly string[], name: string, field: FieldOfX["field"]): Int32Array {
  if (field.type !== "category" || field.names === undefined)
    throw new InputError(`Column "${name}" is text where numbers are expected.`);
  const levels = new Map(field.names.map((text, level) => [text, level]));
  return Int32Array.from(texts, (text) => (text === "" ? -1 : (levels.get(text) ?? field.levels)));
}

/** Where an element of a column stands, in words. */
export const placeOf = ({ name, field, size }: FieldOfX, index: number): string =>
  `Column "${elementNames(name, field.shape)[index % size]!}" in row ${Math.floor(index / size) + 1}`;
