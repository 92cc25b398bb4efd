import * as tf from "@tensorflow/tfjs-core";
import {
  ancestralArray,
  Categorical,
  conform,
  definePlugin,
  InputError,
  sizeOf,
  statistics,
  tensor,
  type Capability,
  type Capable,
  type Column,
  type DataSpec,
  type Discrete,
  type Field,
  type NamedArray,
  type Rows,
  type SamplingProtocol,
} from "@gen/core";
import { rastersManifest } from "./rasters-manifest.js";

type State = { readonly last: tf.Tensor };

/** p(x) = Π p(x_i | x_i-1) over the pixels of an image, row by row, with level 0 before the first. */
export class Rasters {
  readonly spec: DataSpec;
  readonly condition: DataSpec;
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>([
    "autoregressive",
    "density",
    "sample",
    "conditional",
  ]);
  readonly alphabet: Extract<Field, { type: "category" }>;
  /** log p(next | last), [levels, levels]. */
  table: Float64Array;
  private readonly shape: readonly number[];
  private readonly prefix: Int32Array;

  constructor(spec: DataSpec, prefix: Int32Array = new Int32Array(0), table?: Float64Array) {
    const { image } = spec.fields;
    if (image?.type !== "category") throw new InputError("Rasters are of images.");
    this.spec = spec;
    this.condition = { ...spec, fields: { image: { ...image, optional: true } } };
    this.alphabet = { ...image, shape: [] };
    this.shape = image.shape;
    this.prefix = prefix;
    this.table = table ?? new Float64Array(image.levels ** 2).fill(-Math.log(image.levels));
  }

  symbols(x: Rows): Column {
    const { length } = this;
    return {
      data: Int32Array.from(this.images(x).flatMap((image) => [...image.subarray(-length)])),
      shape: [length],
    };
  }

  assemble(symbols: Column): Rows {
    const data = tf.tidy(() => {
      const rest = tensor(symbols);
      const given = tf.tile(tf.tensor2d(this.prefix, [1, this.prefix.length], "int32"), [rest.shape[0], 1]);
      return tf.reshape(tf.concat([given, rest], 1), [-1, ...this.shape]);
    });
    return { length: data.shape[0], columns: { image: { data, shape: this.shape } } };
  }

  begin(count: number): State {
    return { last: tf.fill([count], this.prefix.at(-1) ?? 0, "int32") };
  }

  next({ last }: State): Discrete {
    const { levels } = this.alphabet;
    const table = tf.tensor2d(Float32Array.from(this.table), [levels, levels]);
    return new Categorical({ logits: tf.gather(table, last) });
  }

  append(_: State, symbols: tf.Tensor): State {
    const [count, k] = symbols.shape as [number, number];
    return { last: tf.tidy(() => tf.reshape(tf.slice(symbols, [0, k - 1], [count, 1]), [count])) };
  }

  logProb(x: Rows): Float64Array {
    const { prefix } = this;
    return Float64Array.from(this.images(x), (image) => {
      if (prefix.some((level, i) => level !== image[i])) return -Infinity;
      const first = prefix.length;
      return image
        .subarray(first)
        .reduce((sum, level, i) => sum + this.log(image[first + i - 1] ?? 0, level), 0);
    });
  }

  given(condition: Rows): Capable<"autoregressive" | "density" | "sample"> {
    const image = this.images(condition, this.condition)[0]!;
    return new Rasters(
      this.spec,
      image.filter((level) => level >= 0),
      this.table,
    );
  }

  get protocol(): SamplingProtocol {
    return ancestralArray<State>(this, this.length);
  }

  /** The levels of each image. */
  images(x: Rows, spec = this.spec): Int32Array[] {
    const { image } = conform(spec, x).columns;
    if (image === undefined) throw new InputError("Give an image.");
    const size = sizeOf(this.shape);
    const data = Int32Array.from(image.data as Int32Array);
    return Array.from({ length: x.length }, (_, row) => data.subarray(row * size, (row + 1) * size));
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    const { levels } = this.alphabet;
    return Promise.resolve(new Map([["table", { dtype: "F64", shape: [levels, levels], data: this.table }]]));
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    const data = state.get("table")?.data;
    if (!(data instanceof Float64Array) || data.length !== this.table.length)
      throw new InputError("The file holds no table of these levels.");
    this.table = data.slice();
  }

  [Symbol.dispose](): void {
    return;
  }

  /** Pixels that are drawn. */
  private get length(): number {
    return sizeOf(this.shape) - this.prefix.length;
  }

  private log(last: number, level: number): number {
    return this.table[last * this.alphabet.levels + level]!;
  }
}

/** A family of images that counts. */
export const rasters = definePlugin({
  manifest: rastersManifest,
  build: ({ spec }) => new Rasters(spec),
  trainer(model) {
    const { levels } = model.alphabet;
    return statistics<Float64Array>({
      collect(rows) {
        const counts = new Float64Array(levels ** 2);
        for (const image of model.images(rows))
          image.forEach((level, i) => counts[(image[i - 1] ?? 0) * levels + level]!++);
        return counts;
      },
      merge: (a, b) => a.map((count, i) => count + b[i]!),
      update(counts) {
        model.table = counts.map((count, i) => {
          const row = Math.floor(i / levels) * levels;
          const total = counts.subarray(row, row + levels).reduce((sum, each) => sum + each + 0.01, 0);
          return Math.log((count + 0.01) / total);
        });
        return { metrics: { count: counts.reduce((sum, count) => sum + count, 0) }, done: "complete" };
      },
      state: () => Promise.resolve(new Map()),
      restore: () => undefined,
    });
  },
});
