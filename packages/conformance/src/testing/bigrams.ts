import * as tf from "@tensorflow/tfjs-core";
import {
  ancestral,
  Categorical,
  characters,
  column,
  definePlugin,
  InputError,
  ragged,
  statistics,
  type Capability,
  type Capable,
  type Column,
  type DataSpec,
  type Discrete,
  type Field,
  type NamedArray,
  type Rows,
  type SamplingProtocol,
  type Trainer,
} from "@gen/core";
import { bigramsManifest } from "./bigrams-manifest.js";

type State = { readonly last: tf.Tensor };

/** p(x) = Π p(x_i | x_i-1), with symbol 0 before and after every line. */
export class Bigrams {
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
  private readonly prefix: Int32Array;

  constructor(spec: DataSpec, prefix: Int32Array = new Int32Array(0), table?: Float64Array) {
    const { text } = spec.fields;
    if (text?.type !== "category") throw new InputError("Bigrams are of texts.");
    this.spec = this.condition = spec;
    this.alphabet = text;
    this.table = table ?? new Float64Array(text.levels ** 2).fill(-Math.log(text.levels));
    this.prefix = prefix;
  }

  /** The symbols after the prefix. */
  symbols(x: Rows): Column {
    const skipped = this.prefix.length;
    return skipped === 0 ? column(x, "text") : ragged(this.lines(x).map((line) => line.subarray(skipped)));
  }

  /** In JavaScript arrays where there is a prefix. */
  assemble(symbols: Column): Rows {
    const length = symbols.lengths?.length ?? 1;
    if (this.prefix.length === 0) return { length, columns: { text: symbols } };
    const lines = this.lines({ length, columns: { text: symbols } });
    return { length, columns: { text: ragged(lines.map((line) => Int32Array.of(...this.prefix, ...line))) } };
  }

  begin(count: number): State {
    return { last: tf.fill([count], this.prefix.at(-1) ?? 0, "int32") };
  }

  next({ last }: State): Discrete {
    const { levels } = this.alphabet;
    return new Categorical({
      logits: tf.gather(tf.tensor2d(Float32Array.from(this.table), [levels, levels]), tf.cast(last, "int32")),
    });
  }

  append(_: State, symbols: tf.Tensor): State {
    const [count, k] = symbols.shape as [number, number];
    return { last: tf.tidy(() => tf.reshape(tf.slice(symbols, [0, k - 1], [count, 1]), [count])) };
  }

  /** log p of what follows the prefix, -Infinity for lines that begin otherwise. */
  logProb(x: Rows): Float64Array {
    const { levels } = this.alphabet;
    const { prefix } = this;
    return Float64Array.from(this.lines(x), (line) => {
      if (prefix.some((symbol, i) => symbol !== line[i])) return -Infinity;
      const symbols = [prefix.at(-1) ?? 0, ...line.subarray(prefix.length), 0];
      return symbols.slice(1).reduce((sum, symbol, i) => sum + this.table[symbols[i]! * levels + symbol]!, 0);
    });
  }

  given(condition: Rows): Capable<"density" | "sample"> {
    return new Bigrams(this.spec, this.lines(condition)[0], this.table);
  }

  get protocol(): SamplingProtocol {
    const chain = new Bigrams(this.spec, undefined, this.table);
    return ancestral<State>(chain, { length: 20, end: 0, prefix: this.prefix });
  }

  /** The symbols of each row. */
  lines(x: Rows): Int32Array[] {
    const { data, lengths } = column(x, "text");
    let from = 0;
    return Array.from(lengths ?? [], (length) => {
      from += length;
      return (data as Int32Array).slice(from - length, from);
    });
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    const { levels } = this.alphabet;
    return Promise.resolve(new Map([["table", { dtype: "F64", shape: [levels, levels], data: this.table }]]));
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    const data = state.get("table")?.data;
    if (!(data instanceof Float64Array) || data.length !== this.table.length)
      throw new InputError("The file holds no table of bigrams for this alphabet.");
    this.table = data.slice();
  }

  [Symbol.dispose](): void {
    return;
  }
}

/** Counts once. */
function trainer(model: Bigrams, { smoothing }: { readonly smoothing: number }): Trainer {
  const { levels } = model.alphabet;
  return statistics<Float64Array>({
    collect(rows) {
      const counts = new Float64Array(levels ** 2);
      for (const line of model.lines(rows)) {
        let last = 0;
        for (const symbol of [...line, 0]) {
          counts[last * levels + symbol]!++;
          last = symbol;
        }
      }
      return counts;
    },
    merge: (a, b) => a.map((count, i) => count + b[i]!),
    update(counts) {
      const total = (i: number): number => {
        const row = Math.floor(i / levels) * levels;
        return counts.slice(row, row + levels).reduce((sum, count) => sum + count + smoothing, 0);
      };
      model.table = counts.map((count, i) => Math.log((count + smoothing) / total(i)));
      return { metrics: { count: counts.reduce((sum, count) => sum + count, 0) }, done: "complete" };
    },
    state: () => Promise.resolve(new Map()),
    restore: () => undefined,
  });
}

/** A family of texts that counts. */
export const bigrams = definePlugin({
  manifest: bigramsManifest,
  encoding: (data) => characters(data),
  build: ({ spec }) => new Bigrams(spec),
  trainer,
});
