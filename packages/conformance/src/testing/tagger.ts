import {
  conform,
  definePlugin,
  InputError,
  ragged,
  selectSpec,
  statistics,
  xFields,
  yField,
  type Capability,
  type Capable,
  type CategoryField,
  type Column,
  type DataSpec,
  type NamedArray,
  type Rows,
  type ScoredPath,
} from "@gen/core";
import { logSumExp } from "../numbers/mean.js";
import { taggerManifest } from "./tagger-manifest.js";

/** p(tags, x) = Π p(tag | tag before) p(symbol | tag), with every path told one by one. */
export class Tagger {
  readonly spec: DataSpec;
  readonly condition: DataSpec;
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>([
    "sequence",
    "density",
    "conditional",
  ]);
  /** How often each tag comes after another, the last row at the beginning; then each symbol with each tag. */
  counts: Float64Array;
  readonly tags: number;
  private readonly levels: number;
  private readonly names: readonly [x: string, tags: string];

  constructor(spec: DataSpec) {
    const label = yField(spec);
    const [[name, field] = ["", undefined]] = Object.entries(xFields(spec));
    if (!isSequence(label?.field) || !isSequence(field))
      throw new InputError("A tagger needs sequences of symbols with a tag for each.");
    this.spec = spec;
    this.condition = selectSpec(spec, [name]);
    [this.tags, this.levels, this.names] = [label.field.levels, field.levels, [name, label.name]];
    this.counts = new Float64Array((this.tags + 1 + this.levels) * this.tags).fill(1);
  }

  logPartition(x: Rows): Float64Array {
    return Float64Array.from(this.all(x), (paths) =>
      logSumExp(Float64Array.from(paths, ({ score }) => score)),
    );
  }

  logProb(x: Rows): Float64Array {
    return this.logPartition(x);
  }

  marginals(x: Rows): Column {
    const tables = this.all(x).map((paths) => {
      const table = new Float64Array(paths[0]!.path.length * this.tags);
      const total = logSumExp(Float64Array.from(paths, ({ score }) => score));
      for (const { path, score } of paths)
        path.forEach((tag, t) => (table[t * this.tags + tag]! += Math.exp(score - total)));
      return table;
    });
    return ragged(tables, [this.tags]);
  }

  viterbi(x: Rows): Column {
    return ragged(this.all(x).map(([best]) => best!.path));
  }

  bestPaths(x: Rows, count: number): readonly (readonly ScoredPath[])[] {
    return this.all(x).map((paths) => paths.slice(0, count));
  }

  /** p(tags | x). */
  given(condition: Rows): Capable<"density"> {
    const [paths = []] = this.all(condition);
    const [total = 0] = this.logPartition(condition);
    const scores = new Map(paths.map(({ path, score }) => [path.join(), score - total]));
    return {
      spec: this.spec,
      capabilities: new Set<Capability>(["density"]),
      logProb: (x) => Float64Array.from(this.lines(x, 1), (path) => scores.get(path.join()) ?? -Infinity),
    };
  }

  /** The symbols or the tags of each row. */
  lines(x: Rows, which: 0 | 1): Int32Array[] {
    const name = this.names[which];
    const { data, lengths } = conform(selectSpec(this.spec, [name]), x).columns[name]!;
    let end = 0;
    return Array.from(lengths!, (length) =>
      Int32Array.from((data as Int32Array).subarray(end, (end += length))),
    );
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return Promise.resolve(
      new Map([["counts", { dtype: "F64", shape: [this.counts.length], data: this.counts }]]),
    );
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    const data = state.get("counts")?.data;
    if (!(data instanceof Float64Array) || data.length !== this.counts.length)
      throw new InputError("The file holds no counts of these tags.");
    this.counts = data.slice();
  }

  [Symbol.dispose](): void {
    return;
  }

  /** Where a tag after another is counted, from `tags` on where there is none before. */
  follows(before: number | undefined, tag: number): number {
    return (before ?? this.tags) * this.tags + tag;
  }

  /** Where a symbol is counted with a tag. */
  emits(tag: number, symbol: number): number {
    return (this.tags + 1 + symbol) * this.tags + tag;
  }

  /** All paths of each row, likeliest first. */
  private all(x: Rows): readonly ScoredPath[][] {
    return this.lines(x, 0).map((line) => {
      const longer = (paths: readonly (readonly number[])[]): readonly (readonly number[])[] =>
        paths.flatMap((path) => Array.from({ length: this.tags }, (_, tag) => [...path, tag]));
      return line
        .reduce<readonly (readonly number[])[]>(longer, [[]])
        .map((path) => ({ path: Int32Array.from(path), score: this.score(path, line) }))
        .sort((a, b) => b.score - a.score);
    });
  }

  private score(path: readonly number[], line: Int32Array): number {
    const share = (place: number, places: readonly number[]): number =>
      Math.log(this.counts[place]! / places.reduce((sum, each) => sum + this.counts[each]!, 0));
    const [tags, symbols] = [Array.from({ length: this.tags }), Array.from({ length: this.levels })];
    return path.reduce(
      (sum, tag, t) =>
        sum +
        share(
          this.follows(path[t - 1], tag),
          tags.map((_, other) => this.follows(path[t - 1], other)),
        ) +
        share(
          this.emits(tag, line[t]!),
          symbols.map((_, other) => this.emits(tag, other)),
        ),
      0,
    );
  }
}

const isSequence = (
  field: DataSpec["fields"][string] | undefined,
): field is CategoryField & { readonly sequence: true } =>
  field?.type === "category" && field.sequence === true;

/** A family of tagged sequences that counts. */
export const tagger = definePlugin({
  manifest: taggerManifest,
  build: ({ spec }) => new Tagger(spec),
  trainer: (model) =>
    statistics<Float64Array>({
      collect(rows) {
        const counts = new Float64Array(model.counts.length);
        const symbols = model.lines(rows, 0);
        model.lines(rows, 1).forEach((tags, row) =>
          tags.forEach((tag, t) => {
            counts[model.follows(tags[t - 1], tag)]!++;
            counts[model.emits(tag, symbols[row]![t]!)]!++;
          }),
        );
        return counts;
      },
      merge: (a, b) => a.map((count, i) => count + b[i]!),
      update(counts) {
        model.counts = counts.map((count) => count + 0.1);
        return { metrics: { count: counts.reduce((sum, count) => sum + count, 0) }, done: "complete" };
      },
      state: () => Promise.resolve(new Map()),
      restore: () => undefined,
    }),
});
