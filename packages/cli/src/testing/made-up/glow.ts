import { sub, tensor } from "@tensorflow/tfjs-core";
import {
  column,
  definePlugin,
  sizeOf,
  statistics,
  type Capability,
  type DataSpec,
  type NamedArray,
  type Rows,
  type SamplingProtocol,
  type TensorFunction,
} from "@gen/core";
import { manifest } from "./glow-manifest.js";

const steps = 3;

class Glow {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["sample"]);
  readonly name: string;
  readonly shape: readonly number[];
  mean: Float64Array;

  constructor(readonly spec: DataSpec) {
    const [name, field] = Object.entries(spec.fields)[0]!;
    this.name = name;
    this.shape = field.type === "text" ? [] : field.shape;
    this.mean = new Float64Array(sizeOf(this.shape));
  }

  get protocol(): SamplingProtocol {
    const lit = (count: number, share: number): Rows => {
      const data = Int32Array.from(
        { length: count * this.mean.length },
        (_, i) => this.mean[i % this.mean.length]! * share,
      );
      return { length: count, columns: { [this.name]: { data, shape: this.shape } } };
    };
    return {
      kind: "pushforward",
      options: {},
      steps: () => steps,
      begin: (_, count) => ({ count, share: 0 }),
      advance: (state, { step }) => ({ ...(state as { count: number }), share: (step + 1) / steps }),
      view: (state) => ({ x: lit((state as { count: number }).count, (state as { share: number }).share) }),
      finish: (state) => lit((state as { count: number }).count, 1),
    };
  }

  get functions(): Readonly<Record<string, TensorFunction>> {
    return {
      difference: {
        inputs: { image: { shape: this.shape, dtype: "float32" } },
        outputs: ["difference"],
        call: ({ image }) => ({
          difference: sub(image!, tensor(Float32Array.from(this.mean), [...this.shape])),
        }),
      },
    };
  }

  state() {
    const array: NamedArray = { dtype: "F64", shape: [this.mean.length], data: this.mean.slice() };
    return Promise.resolve(new Map([["mean", array]]));
  }

  restore(state: ReadonlyMap<string, NamedArray>) {
    this.mean = Float64Array.from(state.get("mean")!.data);
  }

  [Symbol.dispose]() {}
}

export default definePlugin({
  manifest,
  build: ({ spec }) => new Glow(spec),
  trainer: (model) =>
    statistics<{ readonly count: number; readonly sum: Float64Array }>({
      collect(rows) {
        const sum = new Float64Array(model.mean.length);
        const { data } = column(rows, model.name);
        for (const [i, value] of (data as Uint8Array).entries()) sum[i % sum.length]! += value;
        return { count: rows.length, sum };
      },
      merge: (a, b) => ({ count: a.count + b.count, sum: a.sum.map((value, i) => value + b.sum[i]!) }),
      update({ count, sum }) {
        model.mean = sum.map((value) => value / count);
        return { metrics: {}, done: "complete" };
      },
      state: () => Promise.resolve(new Map()),
      restore: () => undefined,
    }),
});
