import { InputError } from "../errors.js";
import type { Key } from "../random/types.js";
import type { Dataset, Rows } from "./types.js";

/** The data set's rows in order, `size` at a time. The key, if any, is for views that draw; each chunk folds it. */
export async function* chunks(data: Dataset, size = 1024, key?: Key): AsyncGenerator<Rows, void, undefined> {
  if (!Number.isInteger(size) || size < 1)
    throw new InputError(`A chunk of ${size} rows can't be taken; give a whole number from 1.`);
  for (let first = 0; first < data.length; first += size) {
    const indices = Int32Array.from({ length: Math.min(size, data.length - first) }, (_, i) => first + i);
    yield data.take(indices, key?.fold(first));
  }
}

/** All rows of a data set at once. */
export const all = async (data: Dataset, key?: Key): Promise<Rows> =>
  data.take(
    Int32Array.from({ length: data.length }, (_, i) => i),
    key,
  );
