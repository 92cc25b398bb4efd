import { blockSteps } from "./chain/smooth.js";
import type { LikelihoodBlock, Likelihoods } from "./chain/likelihoods.js";
import { CategoricalEmission } from "./emissions/index.js";
import { scaledRows } from "./scaled-rows.js";
import type { Prepared } from "./parameters.js";
import type { Sequences } from "./sequences.js";

/** Numbers of likelihoods that are kept; those of longer sequences are computed again. */
const mostKept = 2 ** 22;

/** The likelihoods of each of many sequences under one model. */
export function likelihoodsOf(model: Prepared, data: Sequences): (sequence: number) => Likelihoods {
  const [only] = model.emissions;
  const { offsets, tracks, tags } = data;
  const length = (s: number): number => offsets[s + 1]! - offsets[s]!;
  if (tracks.length === 1 && only instanceof CategoricalEmission && tags === undefined) {
    const table = only.table(model.chain.width);
    const rows = withMissing(tracks[0]!.data as Int32Array, table.length / model.chain.width - 1);
    return (s) => ({
      length: length(s),
      block: (from) => ({ table, rows, start: offsets[s]! + from, logScale: 0 }),
    });
  }
  return (s) => new Dense(model, data, offsets[s]!, length(s));
}

/** Rows of the table: what is missing has the last. */
const withMissing = (symbols: Int32Array, levels: number): Int32Array =>
  symbols.includes(-1) ? symbols.map((symbol) => (symbol < 0 ? levels : symbol)) : symbols;

/** log p(observations of t | state) of some steps, [steps, width]; -Infinity where the tag forbids the state. */
export function logProbsOf(
  { emissions, parameters, chain: { width } }: Prepared,
  { tracks, tags }: Sequences,
  from: number,
  to: number,
  into: Float64Array,
): void {
  into.fill(0, 0, (to - from) * width);
  emissions.forEach((emission, i) => emission.addLogProbs(tracks[i]!, from, to, into, width));
  if (tags === undefined || parameters.tags === undefined) return;
  for (let t = from, at = 0; t < to; t++, at += width) {
    const tag = tags[t]!;
    if (tag < 0) continue;
    for (let k = 0; k < parameters.tags.length; k++) if (parameters.tags[k] !== tag) into[at + k] = -Infinity;
  }
}

const numbered = Int32Array.from({ length: blockSteps }, (_, t) => t);

/** Likelihoods by each step's own row, scaled by the likeliest state's. */
class Dense implements Likelihoods {
  readonly length: number;
  private readonly model: Prepared;
  private readonly data: Sequences;
  private readonly offset: number;
  private readonly kept: LikelihoodBlock[] | undefined;
  private readonly scratch: Float64Array | undefined;

  constructor(model: Prepared, data: Sequences, offset: number, length: number) {
    this.model = model;
    this.data = data;
    this.offset = offset;
    this.length = length;
    const { width } = model.chain;
    if (length * width <= mostKept) this.kept = [];
    else this.scratch = new Float64Array(blockSteps * width);
  }

  block(from: number, to: number): LikelihoodBlock {
    const index = from / blockSteps;
    const known = this.kept?.[index];
    if (known) return known;
    const { states, width } = this.model.chain;
    const table = this.scratch ?? new Float64Array((to - from) * width);
    logProbsOf(this.model, this.data, this.offset + from, this.offset + to, table);
    const logScale = scaledRows(table, to - from, states, width);
    const made = { table, rows: numbered, start: 0, logScale };
    if (this.kept) this.kept[index] = made;
    return made;
  }
}
