import {
  column,
  definePlugin,
  scaleLevels,
  identity,
  sizeOf,
  statistics,
  type Capability,
  type DataSpec,
  type NamedArray,
  type Rows,
} from "@gen/core";
import { manifest } from "./halves-manifest.js";

/** A codec without a distribution: of the numbers of a row, column by column, the code is every second one. */
class Halves {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["codec", "features"]);
  readonly absent = { density: "it only keeps halves" };
  readonly codes: DataSpec;
  private readonly fields: readonly (readonly [name: string, shape: readonly number[]])[];
  private readonly width: number;

  constructor(readonly spec: DataSpec) {
    this.fields = Object.entries(spec.fields).map(([name, field]) => [
      name,
      field.type === "text" ? [] : field.shape,
    ]);
    this.width = this.fields.reduce((sum, [, shape]) => sum + sizeOf(shape), 0);
    this.codes = { kind: "codes", fields: { z: { type: "real", shape: [Math.ceil(this.width / 2)] } } };
  }

  features(x: Rows): Float64Array {
    const parts = this.fields.map(([name, shape]) => ({
      data: column(x, name).data as Float64Array,
      size: sizeOf(shape),
    }));
    const all = Array.from({ length: x.length }, (_, row) =>
      parts.flatMap(({ data, size }) => [...data.subarray(row * size, (row + 1) * size)]),
    );
    return Float64Array.from(all.flatMap((row) => row.filter((__, i) => i % 2 === 0)));
  }

  compress(x: Rows): Rows {
    const shape = [Math.ceil(this.width / 2)];
    return { length: x.length, columns: { z: { data: this.features(x), shape } } };
  }

  /** Each kept number twice. */
  reconstruct(z: Rows): Rows {
    const codes = column(z, "z").data as Float64Array;
    const half = Math.ceil(this.width / 2);
    let from = 0;
    const columns = this.fields.map(([name, shape]) => {
      const [size, first] = [sizeOf(shape), from];
      from += size;
      const at = (i: number): number => Math.floor(i / size) * half + Math.floor((first + (i % size)) / 2);
      const data = Float64Array.from({ length: z.length * size }, (_, i) => codes[at(i)]!);
      return [name, { data, shape }] as const;
    });
    return { length: z.length, columns: Object.fromEntries(columns) };
  }

  state() {
    const array: NamedArray = { dtype: "F64", shape: [1], data: Float64Array.of(this.width) };
    return Promise.resolve(new Map([["width", array]]));
  }

  restore() {}

  [Symbol.dispose]() {}
}

export default definePlugin({
  manifest,
  encoding: ({ spec }) => (spec.kind === "images" ? scaleLevels(spec) : identity(spec)),
  build: ({ spec }) => new Halves(spec),
  trainer: () =>
    statistics<number>({
      collect: (rows) => rows.length,
      merge: (a, b) => a + b,
      update: (rows) => ({ metrics: { rows }, done: "complete" }),
      state: () => Promise.resolve(new Map()),
      restore: () => undefined,
    }),
});
