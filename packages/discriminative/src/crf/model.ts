import {
  checkPathCount,
  checkRows,
  InputError,
  selectSpec,
  xFields,
  type Capability,
  type Capable,
  type Column,
  type Conditional,
  type DataSpec,
  type NamedArray,
  type Rows,
  type ScoredPath,
  type Sequence,
} from "@gen/core";
import { numbers, savedNumbers } from "../optimizers/saved.js";
import { attributesOf, symbolsOf } from "./attributes.js";
import { bestLabellings } from "./best.js";
import { scoreOf, sumsOf, type Links } from "./chain.js";
import { featureState, noFeatures, placesOf, savedFeatures, type Features } from "./features.js";
import { fieldsOf, namesOf, type Fields } from "./fields.js";
import { GivenSequences } from "./given.js";
import { linesOf, tagsOf } from "./lines.js";
import { scoresOf, type Lines } from "./scores.js";
import { templatesOf, type Template } from "./templates.js";
import { weightCount, weightsIn, type Weights } from "./weights.js";

export interface CrfConfig {
  readonly templates: string;
}

/** More memory than weights between tags are worth: 128 MB. */
const mostTags = 4096;

/**
 * A linear-chain conditional random field: p(tags | x) ∝ exp of the weights of the features at each element, of each
 * pair of tags, and of the first and last tag.
 * Source: Conditional random fields: probabilistic models for segmenting and labeling sequence data (Lafferty, McCallum
 * & Pereira, 2001).
 */
export class Crf implements Sequence, Conditional<"density" | "sample"> {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["sequence", "conditional"]);
  readonly absent = { density: "only of tags, given what is observed" };
  readonly spec: DataSpec;
  readonly condition: DataSpec;
  readonly fields: Fields;
  readonly templates: readonly Template[];
  /** Names of the tags. */
  readonly tags: readonly string[];
  features: Features = noFeatures;
  /** All weights as one vector (`weightsIn`). */
  vector: Float64Array;
  private places: ReadonlyMap<number, number> = new Map();

  constructor(spec: DataSpec, { templates }: CrfConfig, saved?: number) {
    this.spec = spec;
    this.fields = fieldsOf(spec);
    this.templates = templatesOf(templates, this.fields);
    this.condition = selectSpec(spec, Object.keys(xFields(spec)));
    const { field } = this.fields.tag;
    const count = weightCount(0, field.levels);
    if (count > (saved ?? Infinity) || field.levels > mostTags)
      throw new InputError(
        saved === undefined
          ? `${field.levels} tags have ${count} weights between them, more than fit into memory; use at most ${mostTags} tags.`
          : `${field.levels} tags have ${count} weights between them, but the file holds ${saved} numbers: its configuration is not that of its arrays.`,
      );
    this.tags = namesOf(field);
    this.vector = new Float64Array(count);
  }

  get weights(): Weights {
    return weightsIn(this.vector, this.tags.length);
  }

  get links(): Links {
    return { tags: this.tags.length, ...this.weights };
  }

  /** Takes features, and all weights as one vector. */
  learn(features: Features, vector: Float64Array): void {
    if (features !== this.features) this.places = placesOf(features);
    this.features = features;
    this.vector = vector;
  }

  /** Sequences as places of known attributes. @throws InputError for rows that are not what the specification says. */
  lines(x: Rows): Lines {
    checkRows(this.condition, x);
    const symbols = symbolsOf(this.fields, x);
    return linesOf(symbols.offsets, attributesOf(symbols, this.templates), this.places);
  }

  /** The scores of each sequence, [elements, tags]. */
  scores(x: Rows): Float64Array[] {
    const lines = this.lines(x);
    const count = this.tags.length;
    const all = scoresOf(lines, this.features, this.weights.features, count);
    return Array.from({ length: x.length }, (_, row) =>
      all.subarray(lines.offsets[row]! * count, lines.offsets[row + 1]! * count),
    );
  }

  /** log Σ exp(score) over all labellings of each row, in nats. */
  logPartition(x: Rows): Float64Array {
    const { links } = this;
    return Float64Array.from(this.scores(x), (scores) => sumsOf(links, scores).logPartition);
  }

  /** p(tag | x) at each element, ragged, each element of shape [tags]. */
  marginals(x: Rows): Column {
    const { links } = this;
    const count = this.tags.length;
    const found = this.scores(x).map((scores) => sumsOf(links, scores).logMarginals.map(Math.exp));
    return { data: joined(found), shape: [count], lengths: lengthsOf(found, count) };
  }

  /** The likeliest tags of each row, ragged. */
  viterbi(x: Rows): Column {
    const { links } = this;
    const found = this.scores(x).map((scores) => bestLabellings(links, scores, 1)[0]);
    const lines = found.map((best) => best?.tags ?? new Int32Array());
    const data = new Int32Array(lines.reduce((sum, line) => sum + line.length, 0));
    let at = 0;
    for (const line of lines) {
      data.set(line, at);
      at += line.length;
    }
    return { data, shape: [], lengths: lengthsOf(lines, 1) };
  }

  /** The `count` likeliest labellings of each row with their scores, likeliest first. */
  bestPaths(x: Rows, count: number): readonly (readonly ScoredPath[])[] {
    checkPathCount(count);
    const { links } = this;
    return this.scores(x).map((scores) =>
      bestLabellings(links, scores, count).map(({ tags, score }) => ({ path: tags, score })),
    );
  }

  /** log p(tags | x) of each row, in nats. */
  logPosterior(x: Rows): Float64Array {
    const { links } = this;
    const { offsets } = symbolsOf(this.fields, x);
    const tags = tagsOf(this.fields, x, offsets);
    return Float64Array.from(
      this.scores(x),
      (scores, row) =>
        scoreOf(links, scores, tags.subarray(offsets[row], offsets[row + 1])) -
        sumsOf(links, scores).logPartition,
    );
  }

  /** The distribution of tags given what is observed: one row, or one for each row that is asked. */
  given(condition: Rows): Capable<"density" | "sample"> {
    return new GivenSequences(this, condition);
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    const count = this.tags.length;
    const { features, transitions, start, end } = this.weights;
    return Promise.resolve(
      new Map([
        ...featureState(this.features),
        ["weights", numbers(features)],
        ["transitions", numbers(transitions, [count, count])],
        ["start", numbers(start)],
        ["end", numbers(end)],
      ]),
    );
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    const count = this.tags.length;
    const features = savedFeatures(state, count);
    const vector = new Float64Array(weightCount(features.tags.length, count));
    const weights = weightsIn(vector, count);
    weights.features.set(savedNumbers(state, "weights", weights.features.length));
    weights.transitions.set(savedNumbers(state, "transitions", count * count));
    weights.start.set(savedNumbers(state, "start", count));
    weights.end.set(savedNumbers(state, "end", count));
    if (!vector.every((value) => value < Infinity))
      throw new InputError("The saved weights are not all numbers below infinity.");
    this.learn(features, vector);
  }

  /** Nothing to free: it holds no memory of the engine. */
  [Symbol.dispose](): void {
    return;
  }
}

const lengthsOf = (lines: readonly { readonly length: number }[], width: number): Int32Array =>
  Int32Array.from(lines, (line) => line.length / width);

function joined(lines: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lines.reduce((sum, line) => sum + line.length, 0));
  let at = 0;
  for (const line of lines) {
    all.set(line, at);
    at += line.length;
  }
  return all;
}
