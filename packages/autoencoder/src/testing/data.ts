import { dataset, key, rows, type Dataset, type DataSpec } from "@gen/core";
import { normals64, uniforms64 } from "@gen/core/random";

const height = 7;
const width = 5;

/** Images of one bright column each, at a place and of a brightness that vary: two numbers tell all of them. */
export function columns(count: number, levels = 256): Dataset {
  const place = uniforms64(key(1).fold("place"), count);
  const light = uniforms64(key(1).fold("light"), count);
  const data = Uint8Array.from({ length: count * height * width }, (_, i) => {
    const [image, x] = [Math.floor(i / (height * width)), i % width];
    const distance = x - place[image]! * (width - 1);
    return Math.round((levels - 1) * (0.5 + light[image]! / 2) * Math.exp(-(distance ** 2)));
  });
  const spec: DataSpec = {
    kind: "images",
    fields: { image: { type: "category", shape: [height, width, 1], levels, ordered: true } },
  };
  return dataset(spec, rows({ image: { data, shape: [height, width, 1] } }));
}

/** A table whose four numbers follow two, with a little noise. */
export function table(count: number): Dataset {
  const two = normals64(key(2).fold("two"), 2 * count);
  const noise = normals64(key(2).fold("noise"), 4 * count);
  const mixed = (row: number, a: number, b: number, j: number): number =>
    a * two[2 * row]! + b * two[2 * row + 1]! + 0.1 * noise[4 * row + j]!;
  const column = (a: number, b: number, j: number): Float64Array =>
    Float64Array.from({ length: count }, (_, row) => mixed(row, a, b, j));
  const pair = Float64Array.from({ length: 2 * count }, (_, i) =>
    i % 2 === 0 ? mixed(i >> 1, 1, 1, 2) : mixed(i >> 1, 1, -2, 3),
  );
  const spec: DataSpec = {
    kind: "table",
    fields: {
      a: { type: "real", shape: [] },
      b: { type: "real", shape: [] },
      c: { type: "real", shape: [2] },
    },
  };
  const scaled = column(0, 1, 1).map((value) => 100 + 10 * value);
  return dataset(spec, rows({ a: column(1, 0, 0), b: scaled, c: { data: pair, shape: [2] } }));
}
