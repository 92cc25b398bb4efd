import { tensor, tile } from "@tensorflow/tfjs-core";
import {
  ancestral,
  Categorical,
  characters,
  column,
  definePlugin,
  statistics,
  type Autoregressive,
  type Capability,
  type Capable,
  type DataSpec,
  type Field,
  type NamedArray,
  type Rows,
} from "@gen/core";
import { manifest } from "./letters-manifest.js";

type Alphabet = Extract<Field, { type: "category" }>;

class Letters {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["sample", "conditional"]);
  readonly absent = { density: "it only writes" };
  readonly condition: DataSpec;
  readonly name: string;
  readonly alphabet: Alphabet;
  prefix = new Int32Array(0);
  counts: Float64Array;

  constructor(readonly spec: DataSpec) {
    const [name, field] = Object.entries(spec.fields)[0]!;
    this.name = name;
    this.alphabet = field as Alphabet;
    this.condition = spec;
    this.counts = new Float64Array(this.alphabet.levels).fill(1);
  }

  get protocol() {
    const chain: Autoregressive<{ readonly count: number }> = {
      alphabet: this.alphabet,
      symbols: (x) => column(x, this.name),
      assemble: (symbols) => ({ length: symbols.lengths?.length ?? 0, columns: { [this.name]: symbols } }),
      begin: (count) => ({ count }),
      next: ({ count }) => {
        const total = this.counts.reduce((sum, value) => sum + value, 0);
        return new Categorical({
          logits: tile(tensor([Array.from(this.counts, (value) => Math.log(value / total))]), [count, 1]),
        });
      },
      append: (state) => state,
    };
    return ancestral(chain, { length: 6, prefix: this.prefix });
  }

  given(condition: Rows): Capable<"sample"> {
    const view = new Letters(this.spec);
    view.counts = this.counts;
    view.prefix = Int32Array.from(column(condition, this.name).data as Int32Array);
    return view;
  }

  state() {
    const array: NamedArray = { dtype: "F64", shape: [this.counts.length], data: this.counts.slice() };
    return Promise.resolve(new Map([["counts", array]]));
  }

  restore(state: ReadonlyMap<string, NamedArray>) {
    this.counts = Float64Array.from(state.get("counts")!.data);
  }

  [Symbol.dispose]() {}
}

export default definePlugin({
  manifest,
  encoding: (data) => characters(data),
  build: ({ spec }) => new Letters(spec),
  trainer: (model) =>
    statistics<Float64Array>({
      collect(rows) {
        const counts = new Float64Array(model.alphabet.levels);
        for (const symbol of column(rows, model.name).data as Int32Array) counts[symbol]!++;
        return counts;
      },
      merge: (a, b) => a.map((value, i) => value + b[i]!),
      update(counts) {
        model.counts = counts.map((value) => value + 0.01);
        return { metrics: { letters: counts.length }, done: "complete" };
      },
      state: () => Promise.resolve(new Map()),
      restore: () => undefined,
    }),
});
