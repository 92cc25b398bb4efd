import { conform, downloadSync, InputError, type Column, type DataSpec, type Rows } from "@gen/core";
import type { ImageColumn } from "./fields.js";
import type { Pixels } from "./pixels.js";
import type { ViewOptions } from "./view.js";

/** What may be given: the first pixels, missing ones -1, and the label. */
export const conditionOf = ({ spec }: Pixels): DataSpec => ({
  kind: spec.kind,
  fields: Object.fromEntries(
    Object.entries(spec.fields).map(([name, field]) => [name, { ...field, optional: true }]),
  ),
});

/** Reads a condition. @throws InputError unless it is one row with a label or some first pixels. */
export function givenIn(pixels: Pixels, condition: Rows): ViewOptions {
  const { columns, length } = conform(conditionOf(pixels), downloadSync(condition));
  const { image, label } = pixels;
  const names = label ? `"${image.name}" or "${label.name}"` : `"${image.name}"`;
  const given = [image, label].flatMap((known) => (known && columns[known.name] ? [known.name] : []));
  if (length !== 1 || given.length === 0) throw new InputError(`Give one row with ${names}.`);
  const y = label && numbers(columns[label.name])[0];
  return {
    pixels,
    prefix: firstPixels(numbers(columns[image.name]), image),
    ...(y !== undefined && y >= 0 && { label: y }),
  };
}

const numbers = (column: Column | undefined): Int32Array =>
  Int32Array.from((column?.data ?? []) as Int32Array);

/** The pixels up to the first that is missing. @throws InputError when others are given after it. */
function firstPixels(levels: Int32Array, { name, field }: ImageColumn): Int32Array {
  const missing = levels.indexOf(-1);
  if (missing === -1) return levels;
  const stray = levels.findIndex((level, i) => i > missing && level >= 0);
  if (stray === -1) return levels.slice(0, missing);
  const [, width = 1, channels = 1] = field.shape;
  const place = Math.floor(stray / channels);
  throw new InputError(
    `In "${name}" the pixel in row ${Math.floor(place / width) + 1}, column ${(place % width) + 1} is given after ` +
      `one that is missing. Pixels are drawn row by row from the top left, given those before: give the first ones only.`,
  );
}
