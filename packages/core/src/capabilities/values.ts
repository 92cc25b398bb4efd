import { add, expandDims, makeTensor } from "../backend/engine.js";
import type { Values } from "../types.js";

/**
 * Adds one number per row (a log-determinant, in nats) to values of shape [rows] or [rows, k].
 * Two float64 arrays stay float64; a tensor makes the result a tensor. Call it inside `tidied`.
 */
export function addPerRow(values: Values, perRow: Float64Array): Values {
  if (perRow.every((v) => v === 0)) return values;
  if (values instanceof Float64Array) {
    const width = values.length / perRow.length;
    return values.map((v, i) => v + perRow[Math.floor(i / width)]!);
  }
  const column = makeTensor(Float32Array.from(perRow), [perRow.length], "float32");
  return add(values, values.rank > 1 ? expandDims(column, 1) : column);
}

/** The values as a tensor of one number per row. */
export const onEngine = (values: Values): Exclude<Values, Float64Array> =>
  values instanceof Float64Array ? makeTensor(Float32Array.from(values)) : values;
