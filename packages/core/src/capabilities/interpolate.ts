import { column, download, isNumeric } from "../data/index.js";
import type { Column, Rows } from "../data/types.js";
import { InputError } from "../errors.js";
import { owning, release } from "../sampling/tree.js";
import { fromCodes } from "./reconstruction.js";
import type { Codec } from "./types.js";

/**
 * Rows between two rows, through a model's codes: of z = (1 - t) z_from + t z_to at `steps` values of t from 0 to 1,
 * for each pair of rows one after another. In JavaScript arrays.
 *
 * Throws `InputError` for unlike numbers of rows, fewer than 2 steps, and codes that are not numbers of a fixed shape.
 */
export async function interpolate(
  model: Codec,
  from: Rows,
  to: Rows,
  options: { readonly steps?: number } = {},
): Promise<Rows> {
  const { steps = 8 } = options;
  if (from.length !== to.length)
    throw new InputError(`${from.length} rows can't be paired with ${to.length}; give as many of both.`);
  if (!Number.isInteger(steps) || steps < 2)
    throw new InputError(`An interpolation takes a whole number of at least 2 steps, not ${steps}.`);
  for (const [name, field] of Object.entries(model.codes.fields)) {
    if (field.type !== "real" || field.sequence === true)
      throw new InputError(
        `Nothing lies between this model's codes: "${name}" is no real number of a fixed shape.`,
      );
  }
  const [first, last] = [await codesOf(model, from), await codesOf(model, to)];
  const columns = Object.keys(model.codes.fields).map((name): [string, Column] => [
    name,
    between(column(first, name), column(last, name), from.length, steps),
  ]);
  return fromCodes(model, { length: from.length * steps, columns: Object.fromEntries(columns) });
}

async function codesOf(model: Codec, x: Rows): Promise<Rows> {
  const codes = owning(() => model.compress(x));
  try {
    return await download(codes);
  } finally {
    release(codes, x);
  }
}

function between(first: Column, last: Column, rows: number, steps: number): Column {
  const [a, b] = [first.data, last.data];
  if (!isNumeric(a) || !isNumeric(b)) throw new TypeError("Real codes are numbers.");
  const width = a.length / rows;
  const data = Float32Array.from({ length: rows * steps * width }, (_, i) => {
    const at = Math.floor(i / (steps * width)) * width + (i % width);
    const t = (Math.floor(i / width) % steps) / (steps - 1);
    return (1 - t) * a[at]! + t * b[at]!;
  });
  return { data, shape: first.shape };
}
