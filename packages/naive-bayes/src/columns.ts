import type { Field, NumericArray, Rows, Shape } from "@gen/core";
import { InputError } from "@gen/core/parallel";

/** A field of x: its name, and how many numbers a row has of it. */
export interface FieldOfX {
  readonly name: string;
  readonly field: Exclude<Field, { type: "text" }>;
  readonly size: number;
}

export const fieldOfX = (name: string, field: FieldOfX["field"]): FieldOfX => ({
  name,
  field,
  size: field.shape.reduce((product, size) => product * size, 1),
});

/**
 * The numbers of a column, row-major; undefined where an optional column is not there: all of it is missing. Texts
 * become levels by their names, those that are none of them the first number beyond.
 * @throws InputError when the column is missing, ragged, of another shape, or not in JavaScript.
 */
export function numbersOf(x: Rows, { name, field }: FieldOfX): NumericArray | undefined {
  const column = Object.hasOwn(x.columns, name) ? x.columns[name] : undefined;
  if (column === undefined) {
    if (field.optional === true) return undefined;
    const there = Object.keys(x.columns).map((other) => `"${other}"`);
    throw new InputError(`There is no column "${name}": the rows have ${there.join(", ") || "no columns"}.`);
  }
  const { data, shape, lengths } = column;
  if (Array.isArray(data)) return levelsOf(data as readonly string[], name, field);
  if (!ArrayBuffer.isView(data)) throw new InputError(`Column "${name}" is a tensor; download it first.`);
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
  `Column "${elementName(name, field.shape, index % size)}" in row ${Math.floor(index / size) + 1}`;

/** The name of one element of a column: "x[0, 1]", or the bare name of a scalar. */
function elementName(name: string, shape: Shape, element: number): string {
  if (shape.length === 0) return name;
  const indices: number[] = [];
  let rest = element;
  for (const size of shape.toReversed()) {
    indices.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return `${name}[${indices.join(", ")}]`;
}
