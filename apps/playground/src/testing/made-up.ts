import {
  column,
  definePlugin,
  sizeOf,
  statistics,
  type Capability,
  type DataSpec,
  type Manifest,
  type Model,
  type Rows,
  type SamplingProtocol,
  yField,
} from "@gen/core";
import { defineManifest } from "@gen/core/manifest";
import { normals } from "@gen/core/random";

const text = (en: string) => ({ en, zh: "假" });
const manifestOf = <const C extends readonly Capability[]>(
  id: string,
  capabilities: C,
  data: Manifest["data"] = [
    { kind: "points", y: "none" },
    { kind: "images", y: "none" },
  ],
) =>
  defineManifest({
    id,
    version: "1.0.0",
    title: text(id),
    summary: text("Made up, for tests."),
    capabilities,
    data,
    model: {},
    training: {},
    sampling: {},
    budget: { steps: 3, batch: 64 },
    references: [],
  });

/** Counts rows, and learns nothing. */
const counting = () =>
  statistics<number>({
    collect: (rows) => rows.length,
    merge: (a, b) => a + b,
    update: (rows) => ({ metrics: { rows } }),
    state: () => Promise.resolve(new Map()),
    restore: () => undefined,
  });

const stateless: Pick<Model, "state" | "restore" | typeof Symbol.dispose> = {
  state: () => Promise.resolve(new Map([["none", { dtype: "F64", shape: [1], data: new Float64Array(1) }]])),
  restore: () => undefined,
  [Symbol.dispose]: () => undefined,
};

const first = (spec: DataSpec): readonly [name: string, shape: readonly number[]] => {
  const [name, field] = Object.entries(spec.fields)[0]!;
  return [name, field.type === "text" ? [] : field.shape];
};

/** A codec without a distribution: codes are the data, rounded to tens. */
export const rounding = definePlugin({
  manifest: manifestOf("rounding", ["codec"]),
  build: ({ spec }) => {
    const [name, shape] = first(spec);
    const moved = (x: Rows, from: string, to: string): Rows => ({
      length: x.length,
      columns: {
        [to]: {
          data: Float64Array.from(column(x, from).data as Float64Array, (v) => 10 * Math.round(v / 10)),
          shape,
        },
      },
    });
    return {
      ...stateless,
      spec,
      capabilities: new Set<Capability>(["codec"]),
      codes: { kind: "codes" as const, fields: { z: { type: "real" as const, shape } } },
      compress: (x: Rows) => moved(x, name, "z"),
      reconstruct: (z: Rows) => moved(z, "z", name),
    };
  },
  trainer: counting,
});

/** Tells the second of two labels where the first number is above 0.5, and draws nothing. */
export const halving = definePlugin({
  manifest: manifestOf("halving", ["classifier"], [{ kind: "points", y: "required" }]),
  build: ({ spec }) => {
    const [name, shape] = first(spec);
    const label = yField(spec)?.field;
    return {
      ...stateless,
      spec,
      capabilities: new Set<Capability>(["classifier"]),
      classes: label?.type === "category" ? (label.names ?? []) : [],
      logPosterior(x: Rows) {
        const data = column(x, name).data as Float64Array;
        return Float64Array.from({ length: 2 * x.length }, (_, i) => {
          const second = data[(i >> 1) * sizeOf(shape)]! > 0.5;
          return Math.log(second === (i % 2 === 1) ? 0.75 : 0.25);
        });
      },
    };
  },
  trainer: counting,
});

/** Tells each element of a sequence the first of its tags or of two states, and draws nothing. */
export const flat = definePlugin({
  manifest: manifestOf("flat", ["sequence"], [{ kind: "sequences", y: "optional" }]),
  build: ({ spec }) => {
    const [name] = first(spec);
    const tags = yField(spec)?.field;
    const count = tags?.type === "category" ? tags.levels : 2;
    const told = <A extends Float64Array | Int32Array>(
      x: Rows,
      shape: number[],
      make: (length: number) => A,
    ) => {
      const lengths = column(x, name).lengths!;
      return { data: make(lengths.reduce((a, b) => a + b, 0)), shape, lengths };
    };
    return {
      ...stateless,
      spec,
      capabilities: new Set<Capability>(["sequence"]),
      logPartition: (x: Rows) => new Float64Array(x.length),
      marginals: (x: Rows) => told(x, [count], (length) => new Float64Array(length * count).fill(1 / count)),
      viterbi: (x: Rows) => told(x, [], (length) => new Int32Array(length)),
      bestPaths: (x: Rows) =>
        Array.from(column(x, name).lengths!, (length) => [{ path: new Int32Array(length), score: 0 }]),
    };
  },
  trainer: counting,
});

/** Draws without a density, by many steps, each of which takes as long as it is told. */
export const stepping = (steps: number, milliseconds: number) =>
  definePlugin({
    manifest: manifestOf("stepping", ["sample"]),
    build: ({ spec }) => {
      const [name, shape] = first(spec);
      type State = { readonly noise: Float32Array; readonly count: number };
      const rows = (state: unknown): Rows => {
        const { noise, count } = state as State;
        return { length: count, columns: { [name]: { data: Float64Array.from(noise), shape } } };
      };
      const protocol: SamplingProtocol = {
        kind: "transport",
        options: {},
        steps: () => steps,
        begin: (key, count) => ({ noise: normals(key, count * sizeOf(shape)), count }),
        advance(state) {
          const until = performance.now() + milliseconds;
          while (performance.now() < until);
          return state;
        },
        view: (state) => ({ x: rows(state) }),
        finish: rows,
      };
      return { ...stateless, spec, capabilities: new Set<Capability>(["sample"]), protocol };
    },
    trainer: counting,
  });
