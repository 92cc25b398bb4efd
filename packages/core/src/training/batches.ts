import { permutation } from "../random/index.js";
import type { Key } from "../random/types.js";

/**
 * The rows of each step's batch, as a pure function of (key, step): every epoch a new permutation
 * `key.fold("order").fold(epoch)`, whose last incomplete batch is dropped. A batch has at most `length` rows.
 */
export function batches(key: Key, length: number, batch: number): (step: number) => Int32Array {
  const size = Math.min(batch, length);
  const perEpoch = Math.floor(length / size);
  let epoch = -1;
  let order: Int32Array = new Int32Array();
  return (step) => {
    const wanted = Math.floor(step / perEpoch);
    if (wanted !== epoch) {
      order = permutation(key.fold("order").fold(wanted), length);
      epoch = wanted;
    }
    const first = (step % perEpoch) * size;
    return order.slice(first, first + size);
  };
}
