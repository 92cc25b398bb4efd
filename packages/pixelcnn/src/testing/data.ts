import { dataset, key, rows, type Dataset, type DataSpec, type Rows } from "@gen/core";
import { randints, uniforms64 } from "@gen/core/random";

export interface ImageShape {
  readonly shape?: readonly number[];
  readonly levels?: number;
  /** Names of the classes of a label; none: no label. */
  readonly classes?: readonly string[];
}

export const imageSpec = ({ shape = [3, 3, 1], levels = 2, classes }: ImageShape = {}): DataSpec => ({
  kind: "images",
  fields: {
    image: { type: "category", shape, levels, ordered: true },
    ...(classes && { y: { role: "y", type: "category", shape: [], levels: classes.length, names: classes } }),
  },
});

/** Images whose pixels often repeat the one before; the label, if any, says how bright they begin. */
export function imageData(count: number, given: ImageShape = {}): Dataset {
  const spec = imageSpec(given);
  const { shape = [3, 3, 1], levels = 2, classes } = given;
  const size = shape.reduce((product, axis) => product * axis, 1);
  const y = randints(key(5).fold("label"), count, classes?.length ?? levels);
  const fresh = randints(key(5).fold("level"), count * size, levels);
  const changes = uniforms64(key(5).fold("change"), count * size);
  const data = new Int32Array(count * size);
  for (let i = 0; i < data.length; i++) {
    const first = Math.floor((y[Math.floor(i / size)]! * (levels - 1)) / ((classes?.length ?? levels) - 1));
    const before = i % size === 0 ? first : data[i - 1]!;
    data[i] = changes[i]! < 0.2 ? fresh[i]! : before;
  }
  return dataset(spec, rows({ image: { data, shape }, ...(classes && { y }) }));
}

/** Every image of two levels and as many pixels. */
export function allImages(pixels: number, shape: readonly number[]): Rows {
  const count = 2 ** pixels;
  const data = Int32Array.from(
    { length: count * pixels },
    (_, i) => (Math.floor(i / pixels) >> (i % pixels)) & 1,
  );
  return rows({ image: { data, shape } });
}

export const imagesOf = (levels: readonly (readonly number[])[], shape: readonly number[]): Rows =>
  rows({ image: { data: Int32Array.from(levels.flat()), shape } });
