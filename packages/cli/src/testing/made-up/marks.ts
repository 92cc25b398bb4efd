import {
  column,
  definePlugin,
  statistics,
  yField,
  type Capability,
  type Column,
  type DataSpec,
  type NamedArray,
  type Rows,
  type ScoredPath,
} from "@gen/core";
import { manifest } from "./marks-manifest.js";

/** A tagger that looks at nothing: every element has the shares of the tags in the data. */
class Marks {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["sequence"]);
  readonly absent = { density: "it only gives tags" };
  shares: Float64Array;

  constructor(readonly spec: DataSpec) {
    const { field } = yField(spec)!;
    const levels = field.type === "category" ? field.levels : 0;
    this.shares = new Float64Array(levels).fill(1 / levels);
  }

  logPartition(x: Rows): Float64Array {
    return new Float64Array(x.length);
  }

  marginals(x: Rows): Column {
    const { lengths } = this.observed(x);
    const count = lengths!.reduce((a, b) => a + b, 0);
    const data = Float64Array.from(
      { length: count * this.shares.length },
      (_, i) => this.shares[i % this.shares.length]!,
    );
    return { data, shape: [this.shares.length], lengths: lengths! };
  }

  viterbi(x: Rows): Column {
    const { lengths } = this.observed(x);
    const best = this.shares.indexOf(Math.max(...this.shares));
    return {
      data: new Int32Array(lengths!.reduce((a, b) => a + b, 0)).fill(best),
      shape: [],
      lengths: lengths!,
    };
  }

  bestPaths(x: Rows): readonly (readonly ScoredPath[])[] {
    const { data, lengths } = this.viterbi(x);
    let end = 0;
    return Array.from(lengths!, (length) => [
      { path: (data as Int32Array).slice(end, (end += length)), score: 0 },
    ]);
  }

  private observed(x: Rows): Column {
    return column(
      x,
      Object.keys(this.spec.fields).find((name) => this.spec.fields[name]!.role !== "y"),
    );
  }

  state() {
    const array: NamedArray = { dtype: "F64", shape: [this.shares.length], data: this.shares };
    return Promise.resolve(new Map([["shares", array]]));
  }

  restore(state: ReadonlyMap<string, NamedArray>) {
    this.shares = Float64Array.from(state.get("shares")!.data as Float64Array);
  }

  [Symbol.dispose]() {}
}

export default definePlugin({
  manifest,
  build: ({ spec }) => new Marks(spec),
  trainer: (model) =>
    statistics<Float64Array>({
      collect(rows) {
        const counts = new Float64Array(model.shares.length);
        for (const tag of column(rows, yField(model.spec)!.name).data as Int32Array) counts[tag]!++;
        return counts;
      },
      merge: (a, b) => a.map((count, tag) => count + b[tag]!),
      update(counts) {
        const total = counts.reduce((a, b) => a + b, 0);
        model.shares = counts.map((count) => count / total);
        return { metrics: { total }, done: "complete" };
      },
      state: () => Promise.resolve(new Map()),
      restore: () => undefined,
    }),
});
