import type { Dataset, DataSpec } from "../../data/types.js";
import { dataset, rows } from "../../data/index.js";

export const pointSpec: DataSpec = {
  kind: "points",
  fields: { x: { type: "real", shape: [] }, y: { type: "real", shape: [], role: "y" } },
};

/** Points on the line y = 2x − 1. */
export function points(count = 10): Dataset {
  const x = Float64Array.from({ length: count }, (_, i) => i / count);
  return dataset(pointSpec, rows({ x, y: x.map((value) => 2 * value - 1) }));
}
