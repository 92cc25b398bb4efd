import { tensor, type Tensor } from "@tensorflow/tfjs-core";
import {
  column,
  definePlugin,
  MultivariateNormalDiag,
  statistics,
  type Capability,
  type DataSpec,
  type NamedArray,
  type Rows,
  type SamplingProtocol,
} from "@gen/core";
import { defineManifest } from "@gen/core/manifest";

/** A normal distribution with independent parts, fitted to codes: whatever makes of them a generator. */
class NormalCodes {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["sample", "density"]);
  mean: Float64Array;
  variance: Float64Array;

  constructor(readonly spec: DataSpec) {
    const { z } = spec.fields;
    const size = z?.type === "real" ? z.shape[0]! : 1;
    this.mean = new Float64Array(size);
    this.variance = new Float64Array(size).fill(1);
  }

  get distribution(): MultivariateNormalDiag {
    const array = (values: Float64Array): Tensor => tensor(Float32Array.from(values));
    return new MultivariateNormalDiag({
      loc: array(this.mean),
      scaleDiag: array(this.variance.map(Math.sqrt)),
    });
  }

  logProb(z: Rows): Tensor {
    return this.distribution.logProb(
      tensor(Float32Array.from(column(z, "z").data as Float32Array), [z.length, this.mean.length]),
    );
  }

  get protocol(): SamplingProtocol {
    const rows = (state: unknown): Rows => {
      const { z } = state as { readonly z: Tensor };
      return { length: z.shape[0], columns: { z: { data: z, shape: z.shape.slice(1) } } };
    };
    return {
      kind: "pushforward",
      options: {},
      steps: () => 1,
      begin: (key, count) => ({ z: this.distribution.sample(key, [count]) }),
      advance: (state) => state,
      view: (state) => ({ x: rows(state) }),
      finish: rows,
    };
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    const array = (data: Float64Array): NamedArray => ({
      dtype: "F64",
      shape: [data.length],
      data: data.slice(),
    });
    return Promise.resolve(
      new Map([
        ["mean", array(this.mean)],
        ["variance", array(this.variance)],
      ]),
    );
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    this.mean = Float64Array.from(state.get("mean")!.data);
    this.variance = Float64Array.from(state.get("variance")!.data);
  }

  [Symbol.dispose](): void {}
}

interface Sums {
  readonly rows: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, j) => value + b[j]!);

export const normalCodes = definePlugin({
  manifest: defineManifest({
    id: "normal-codes",
    version: "1.0.0",
    title: { en: "Normal codes", zh: "正态编码" },
    summary: { en: "A normal distribution of codes.", zh: "编码的正态分布。" },
    capabilities: ["sample", "density"],
    data: [{ kind: "codes", y: "none" }],
    model: {},
    training: {},
    sampling: {},
    budget: { steps: 1, batch: 64 },
    references: [],
  }),
  build: ({ spec }) => new NormalCodes(spec),
  trainer: (model) =>
    statistics<Sums>({
      collect(z) {
        const values = column(z, "z").data as Float32Array;
        const [first, second] = [new Float64Array(model.mean.length), new Float64Array(model.mean.length)];
        for (const [i, value] of values.entries()) {
          first[i % first.length]! += value;
          second[i % first.length]! += value ** 2;
        }
        return { rows: z.length, first, second };
      },
      merge: (a, b) => ({
        rows: a.rows + b.rows,
        first: plus(a.first, b.first),
        second: plus(a.second, b.second),
      }),
      update({ rows, first, second }) {
        model.mean = first.map((sum) => sum / rows);
        model.variance = second.map((sum, j) => sum / rows - model.mean[j]! ** 2 + 1e-9);
        return { metrics: {}, done: "complete" };
      },
      state: () => Promise.resolve(new Map()),
      restore: () => undefined,
    }),
});
