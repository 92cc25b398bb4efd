import { key as makeKey } from "../random/index.js";
import type { Key } from "../random/types.js";
import { concatenate } from "./concatenate.js";
import { emptyLike, slice } from "./take.js";
import type { Dataset, Encoding, Rows } from "./types.js";
import { streaming, whenTaken } from "./views.js";

/**
 * A data set seen through an encoding. Where the encoding draws, a `take` with a key draws from that key; one
 * without draws each row from a fixed key and the row's index, so that every take agrees.
 */
export function encodedView(data: Dataset, encoding: Encoding): Dataset {
  const fixed = makeKey(0).fold("encodedView");
  const encode = (x: Rows, indices: Int32Array, key: Key | undefined): Rows => {
    if (!encoding.stochastic) return encoding.encode(x);
    if (key !== undefined) return encoding.encode(x, key.fold("encoding"));
    const parts = Array.from(indices, (index, row) =>
      encoding.encode(slice(x, row, row + 1), fixed.fold(index)),
    );
    return parts.length > 0 ? concatenate(parts) : encoding.encode(emptyLike(x), fixed);
  };
  return {
    spec: encoding.to,
    length: data.length,
    ...streaming(data),
    take: (indices, key) => whenTaken(data.take(indices, key?.fold("data")), (x) => encode(x, indices, key)),
  };
}
