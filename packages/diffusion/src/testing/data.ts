import { dataset, key, rows, type Dataset, type DataSpec, type Rows } from "@gen/core";
import { normals64, randints } from "@gen/core/random";

export const pointSpec: DataSpec = {
  kind: "points",
  fields: {
    x: { type: "real", shape: [2] },
    label: { role: "y", type: "category", shape: [], levels: 2, names: ["left", "right"] },
  },
};

/** Two clusters far apart, the label telling which. */
export function pointRows(count: number, seed = 1): Rows {
  const label = randints(key(seed).fold("label"), count, 2);
  const noise = normals64(key(seed).fold("noise"), 2 * count);
  const data = noise.map((e, i) => 0.3 * e + (i % 2 === 0 ? 4 * label[i >> 1]! - 2 : 0));
  return rows({ x: { data, shape: [2] }, label });
}

export const pointData = (count: number): Dataset => dataset(pointSpec, pointRows(count));

export const imageSpec = (side: number, levels = 256): DataSpec => ({
  kind: "images",
  fields: { image: { type: "category", shape: [side, side, 1], levels, ordered: true } },
});

/** Images with a bright left or right half. */
export function imageData(count: number, side: number, levels = 256): Dataset {
  const bright = randints(key(2).fold("side"), count, 2);
  const noise = randints(key(2).fold("noise"), side * side * count, Math.ceil(levels / 4));
  const data = Int32Array.from(noise, (value, i) => {
    const isRight = i % side >= side / 2 ? 1 : 0;
    return isRight === bright[Math.floor(i / (side * side))]! ? levels - 1 - value : value;
  });
  return dataset(imageSpec(side, levels), rows({ image: { data, shape: [side, side, 1] } }));
}

/** The rows of data that lie in memory. */
export function taken(data: Dataset): Rows {
  const all = data.take(Int32Array.from({ length: data.length }, (_, i) => i));
  if (all instanceof Promise) throw new TypeError("These data lie in memory.");
  return all;
}

/** A column's numbers. */
export const numbersOf = (x: Rows, name: string): number[] =>
  Array.from(x.columns[name]!.data as Float32Array);
