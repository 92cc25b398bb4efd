import { dataset, rows, type Dataset, type DataSpec, type Key } from "@gen/core";
import { normals64, randints, uniforms64 } from "@gen/core/random";

/** Numbers of unlike units, a category and a label that both tell of. */
export function table(key: Key, count: number, classes = 3): Dataset {
  const label = randints(key.fold("label"), count, classes);
  const noise = normals64(key.fold("noise"), count);
  const luck = uniforms64(key.fold("luck"), count);
  const spec: DataSpec = {
    kind: "table",
    fields: {
      height: { type: "real", shape: [] },
      income: { type: "real", shape: [] },
      colour: { type: "category", shape: [], levels: classes },
      kind: {
        type: "category",
        shape: [],
        levels: classes,
        names: ["a", "b", "c", "d"].slice(0, classes),
        role: "y",
      },
    },
  };
  return dataset(
    spec,
    rows({
      height: Float64Array.from(label, (c, i) => 160 + 6 * c + 5 * noise[i]!),
      income: Float64Array.from(label, (c, i) => 2e4 + 3e3 * c * c + 4e3 * luck[i]!),
      colour: Int32Array.from(label, (c, i) => (luck[i]! < 0.6 ? c : (c + 1) % classes)),
      kind: label,
    }),
  );
}
