import { column, isNumeric, type DataSpec, type Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { encode } from "fast-png";
import { pictureField } from "./fields.js";
import { writeInstead } from "./fitting.js";

/** Pixels between two pictures. */
const gap = 2;
const paper = 255;
/** What stands for a missing pixel, as of a picture that is being drawn. */
const missing = 128;

/** Pictures in a line, for as square a grid as so many make. */
export const across = (count: number): number => Math.ceil(Math.sqrt(count));

/** All pictures in one, `columns` in a line. Throws `InputError` when the rows hold no pictures. */
export function png(rows: Rows, spec: DataSpec, columns = across(rows.length)): Uint8Array {
  const found = pictureField(spec);
  if (found === undefined) {
    throw new InputError(`These data (${spec.kind}) are no pictures; ${writeInstead(spec)}.`);
  }
  const [name, field] = found;
  const { data } = column(rows, name);
  if (!isNumeric(data)) throw new TypeError("Pictures are written from JavaScript arrays.");
  const [height = 0, width = 0, channels = 1] = field.shape;
  const down = Math.ceil(rows.length / columns);
  const size = [columns * (width + gap) - gap, down * (height + gap) - gap] as const;
  const pixels = new Uint8Array(size[0] * size[1] * channels).fill(paper);
  const brightest = field.type === "category" ? field.levels - 1 : 1;
  for (let picture = 0; picture < rows.length; picture++) {
    const left = (picture % columns) * (width + gap);
    const top = Math.floor(picture / columns) * (height + gap);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width * channels; x++) {
        const value = data[(picture * height + y) * width * channels + x]!;
        const isMissing = Number.isNaN(value) || (field.type === "category" && value < 0);
        pixels[((top + y) * size[0] + left) * channels + x] = isMissing
          ? missing
          : Math.round(255 * Math.min(1, Math.max(0, value / brightest)));
      }
    }
  }
  return encode({ width: size[0], height: size[1], channels, depth: 8, data: pixels });
}
