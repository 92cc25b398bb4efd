import type { Rows } from "../../data/types.js";
import { InputError } from "../../errors.js";
import { definePlugin } from "../../plugin/define-plugin.js";
import type { Model } from "../../plugin/types.js";
import { statistics } from "../statistics.js";
import type { NamedArray } from "../types.js";

/** The mean of x, learnt in a sweep: a tiny float64 model with labels optional. */
export class Mean implements Model<"features"> {
  readonly capabilities = new Set(["features"] as const);
  mean = 0;
  count = 0;
  constructor(readonly spec: Model["spec"]) {}
  features(x: Rows): Float64Array {
    return new Float64Array(x.length).fill(this.mean);
  }
  state() {
    const array: NamedArray = { dtype: "F64", shape: [2], data: Float64Array.of(this.mean, this.count) };
    return Promise.resolve(new Map([["moments", array]]));
  }
  restore(state: ReadonlyMap<string, NamedArray>) {
    const moments = state.get("moments");
    if (moments?.dtype !== "F64" || moments.data.length !== 2)
      throw new InputError("The saved state lacks moments.");
    this.mean = moments.data[0]!;
    this.count = moments.data[1]!;
  }
  [Symbol.dispose]() {}
}

export const counting = definePlugin({
  manifest: {
    id: "counting",
    version: "0.1.0",
    title: { en: "Mean", zh: "均值" },
    summary: { en: "A mean.", zh: "均值。" },
    capabilities: ["features"],
    data: [
      { kind: "points", y: "none" },
      { kind: "codes", y: "none" },
    ],
    model: {},
    training: {},
    sampling: {},
    budget: { steps: 5, batch: 4 },
    references: [],
  },
  build: ({ spec }) => new Mean(spec),
  trainer: (model) =>
    statistics<{ readonly sum: number; readonly count: number }>({
      collect: (x) => {
        const name = Object.keys(model.spec.fields)[0]!;
        const data = x.columns[name]!.data as Float64Array;
        return { sum: data.reduce((sum, value) => sum + value, 0), count: data.length };
      },
      merge: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
      update: ({ sum, count }) => {
        model.mean = sum / count;
        model.count = count;
        return { metrics: { mean: model.mean }, done: "complete" };
      },
      state: () => Promise.resolve(new Map()),
      restore: () => {},
    }),
});
