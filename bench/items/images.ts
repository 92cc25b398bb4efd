import { readMnist } from "./mnist.js";

/** Rows of numbers, in an array. */
export interface Table {
  readonly data: Float32Array;
  readonly length: number;
  readonly shape: readonly number[];
}

/** MNIST with channels first, each grey level through `map`, zero-padded by 2 when asked. */
export function images(
  folder: string,
  map: (level: number) => number,
  padded = false,
): { train: Table; test: Table } {
  const files = readMnist(folder);
  const levels = Float32Array.from({ length: 256 }, (_, level) => map(level));
  const table = (values: Uint8Array): Table => {
    const count = values.length / 784;
    const side = padded ? 32 : 28;
    const data = new Float32Array(count * side * side).fill(levels[0]!);
    const offset = padded ? 2 : 0;
    for (let i = 0; i < count * 28; i++) {
      const [image, row] = [Math.floor(i / 28), i % 28];
      const from = image * side * side + (row + offset) * side + offset;
      for (let column = 0; column < 28; column++) data[from + column] = levels[values[i * 28 + column]!]!;
    }
    return { data, length: count, shape: [1, side, side] };
  };
  return { train: table(files.train), test: table(files.test) };
}
