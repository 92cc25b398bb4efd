import { rows, type DataSpec, type Key } from "@gen/core";
import { normals64, randints } from "@gen/core/random";
import type { Toy } from "./toy.js";

/** Four numbers per row on one scale, as an encoder gives them; the label is the sign of their mean. */
export function codes(key: Key): Toy {
  const count = 240;
  const group = randints(key.fold("group"), count, 2);
  const noise = normals64(key.fold("noise"), 4 * count);
  const data = noise.map((e, i) => (group[i >> 2] === 1 ? 1.2 : -1.2) + 0.8 * e);
  const spec: DataSpec = {
    kind: "codes",
    fields: {
      z: { type: "real", shape: [4] },
      y: { role: "y", type: "category", shape: [], levels: 2, names: ["low", "high"] },
    },
  };
  return { spec, rows: rows({ z: { data, shape: [4] }, y: group }) };
}
