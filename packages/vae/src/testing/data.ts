import { dataset, key, rows, type Dataset, type DataSpec, type Rows } from "@gen/core";
import { normals64, randints } from "@gen/core/random";

export const mixedSpec: DataSpec = {
  kind: "table",
  fields: {
    height: { type: "real", shape: [2] },
    member: { type: "category", shape: [], levels: 2 },
    colour: { type: "category", shape: [], levels: 3, names: ["red", "green", "blue"] },
  },
};

/** A table of reals and categories that depend on each other. */
export function mixedRows(count: number, seed = 1): Rows {
  const noise = normals64(key(seed).fold("noise"), 2 * count);
  const colour = randints(key(seed).fold("colour"), count, 3);
  return rows({
    height: { data: noise.map((v, i) => v + 2 * colour[Math.floor(i / 2)]!), shape: [2] },
    member: colour.map((c) => Number(c > 0)),
    colour,
  });
}

export const mixedData = (count: number): Dataset => dataset(mixedSpec, mixedRows(count));

const imageSpec = (levels: number): DataSpec => ({
  kind: "images",
  fields: { x: { type: "category", shape: [4, 4, 1], levels, ordered: true } },
});

/** Images whose left or right half is bright. */
export function imageData(count: number, levels: number): Dataset {
  const bright = randints(key(2).fold("side"), count, 2);
  const noise = randints(key(2).fold("noise"), 16 * count, Math.ceil(levels / 4));
  const data = Int32Array.from(noise, (value, i) => {
    const isRight = i % 4 >= 2 ? 1 : 0;
    return isRight === bright[Math.floor(i / 16)]! ? levels - 1 - value : value;
  });
  return dataset(imageSpec(levels), rows({ x: { data, shape: [4, 4, 1] } }));
}

export const all = (data: Dataset): Rows => {
  const taken = data.take(Int32Array.from({ length: data.length }, (_, i) => i));
  if (taken instanceof Promise) throw new TypeError("These data lie in memory.");
  return taken;
};
