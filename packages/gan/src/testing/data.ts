import { dataset, key, rows, type Dataset, type DataSpec, type Rows } from "@gen/core";
import { normals64, randints } from "@gen/core/random";

const label = { role: "y", type: "category", shape: [], levels: 3, names: ["a", "b", "c"] } as const;

export const pointSpec: DataSpec = {
  kind: "points",
  fields: { x: { type: "real", shape: [2] }, y: label },
};
/** As the networks of images see them: channels last, levels from -1 to 1. */
export const imageSpec: DataSpec = {
  kind: "images",
  fields: { image: { type: "real", shape: [6, 6, 1] }, y: label },
};

export const unlabelled = ({ kind, fields }: DataSpec): DataSpec => ({
  kind,
  fields: Object.fromEntries(Object.entries(fields).filter(([, { role }]) => role !== "y")),
});

const centres = [
  [-2, 0],
  [2, 0],
  [0, 3],
] as const;

/** Points around three centres, which are their labels. */
export function pointRows(count: number, seed = 1): Rows {
  const y = randints(key(seed).fold("label"), count, 3);
  const noise = normals64(key(seed).fold("noise"), 2 * count);
  const data = noise.map((e, i) => centres[y[i >> 1]!]![i & 1]! + 0.3 * e);
  return rows({ x: { data, shape: [2] }, y });
}

export const pointData = (count: number): Dataset => dataset(pointSpec, pointRows(count));

/** 8-bit images that are bright at the left, at the right or below; which is their label. */
export function imageData(count: number): Dataset {
  const y = randints(key(4).fold("label"), count, 3);
  const noise = randints(key(4).fold("noise"), 36 * count, 60);
  const data = Uint8Array.from(noise, (value, i) => {
    const [row, column] = [Math.floor((i % 36) / 6), i % 6];
    const bright = [column < 3, column >= 3, row >= 3][y[Math.floor(i / 36)]!]!;
    return bright ? 255 - value : value;
  });
  const spec: DataSpec = {
    kind: "images",
    fields: { image: { type: "category", shape: [6, 6, 1], levels: 256, ordered: true }, y: label },
  };
  return dataset(spec, rows({ image: { data, shape: [6, 6, 1] }, y }));
}
