import { rows, type DataSpec, type Key } from "@gen/core";
import { normals64, randints } from "@gen/core/random";
import type { Toy } from "./toy.js";

const centres = [
  [-2, 0],
  [2, 1],
  [0, -2.5],
] as const;

/** Three clusters in the plane; the label is the cluster. */
export function points(key: Key): Toy {
  const count = 240;
  const cluster = randints(key.fold("cluster"), count, centres.length);
  const noise = normals64(key.fold("noise"), 2 * count);
  const spec: DataSpec = {
    kind: "points",
    fields: {
      x: { type: "real", shape: [2] },
      y: { role: "y", type: "category", shape: [], levels: 3, names: ["left", "right", "below"] },
    },
  };
  const data = noise.map((e, i) => centres[cluster[i >> 1]!]![i & 1]! + (i & 1 ? 0.3 : 0.6) * e);
  return { spec, rows: rows({ x: { data, shape: [2] }, y: cluster }) };
}
