import { dataset, key, rows, withoutLabels, type Dataset, type DataSpec, type Rows } from "@gen/core";
import { normals64, randints, uniforms64 } from "@gen/core/random";

const pointsSpec: DataSpec = {
  kind: "points",
  fields: {
    x: { type: "real", shape: [2] },
    moon: { role: "y", type: "category", shape: [], levels: 2, names: ["upper", "lower"] },
  },
};

/** Two interlocking half circles with noise of a deviation of 0.15; the label tells which. */
export function labelledMoons(count: number): Dataset {
  const moon = randints(key(1).fold("moon"), count, 2);
  const angle = uniforms64(key(1).fold("angle"), count);
  const noise = normals64(key(1).fold("noise"), 2 * count);
  const data = Float64Array.from(noise, (e, i) => {
    const [row, axis] = [i >> 1, i & 1];
    const turn = Math.PI * angle[row]!;
    const upper = axis === 0 ? Math.cos(turn) : Math.sin(turn);
    const lower = axis === 0 ? 1 - Math.cos(turn) : 0.5 - Math.sin(turn);
    return (moon[row] === 0 ? upper : lower) + 0.15 * e;
  });
  return dataset(pointsSpec, rows({ x: { data, shape: [2] }, moon }));
}

export const moons = (count: number): Dataset => withoutLabels(labelledMoons(count));

/** Images of 8 bits whose left or right half is bright, which is the label. */
export function labelledImages(count: number, side = 4, channels = 1): Dataset {
  const size = side * side * channels;
  const bright = randints(key(2).fold("half"), count, 2);
  const noise = randints(key(2).fold("noise"), count * size, 64);
  const data = Uint8Array.from(noise, (value, i) => {
    const column = Math.floor((i % size) / channels) % side;
    return Number(column >= side / 2) === bright[Math.floor(i / size)] ? 255 - value : value;
  });
  const spec: DataSpec = {
    kind: "images",
    fields: {
      image: { type: "category", shape: [side, side, channels], levels: 256, ordered: true },
      half: { role: "y", type: "category", shape: [], levels: 2, names: ["left", "right"] },
    },
  };
  return dataset(spec, rows({ image: { data, shape: [side, side, channels] }, half: bright }));
}

export const images = (count: number, side = 4, channels = 1): Dataset =>
  withoutLabels(labelledImages(count, side, channels));

/** All rows of data in memory, or the first `count`. */
export function rowsOf(data: Dataset, count = data.length): Rows {
  const taken = data.take(Int32Array.from({ length: count }, (_, i) => i));
  if (taken instanceof Promise) throw new TypeError("These data lie in memory.");
  return taken;
}

/** What a model in its own space takes: points of `width` numbers, or images [height, width, channels]. */
export const realSpec = (shape: readonly number[]): DataSpec => ({
  kind: shape.length === 3 ? "images" : "points",
  fields: { x: { type: "real", shape } },
});

/** Standard normal rows of such a specification. */
export function normalRows(shape: readonly number[], count: number, seed = 1): Rows {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return rows({ x: { data: normals64(key(seed), count * size), shape } });
}
