import {
  checkPathCount,
  type Capability,
  type Column,
  type DataSpec,
  type Density,
  type Key,
  type Rows,
  type Sampleable,
  type ScoredPath,
  type Sequence,
} from "@gen/core";
import { float64 } from "@gen/core/math";
import { uniforms64 } from "@gen/core/random";
import { drawn } from "./chain/sample-path.js";
import {
  filtered,
  likeliestPaths,
  likeliestPathsOf,
  logLikelihoods,
  posteriors,
  sampledPaths,
} from "./inference.js";
import type { Layout } from "./layout.js";
import { prepare, type Prepared } from "./parameters.js";
import { protocolOf } from "./protocol.js";
import { readSequences } from "./read-sequences.js";
import { countOf, type Sequences } from "./sequences.js";
import type { Learnings } from "./state.js";

/**
 * p(x | length) = Σ_y p(y) p(x | y, length): one chain, or one for each class. States of several classes are counted
 * one class after another. Where the data have tags, decoding speaks of tags instead of states.
 */
export abstract class Chains implements Density, Sampleable, Sequence {
  abstract readonly capabilities: ReadonlySet<Capability>;
  protected abstract readonly learnings: Learnings;
  /** The class that each chain stands for. */
  protected abstract readonly classNumbers: Int32Array;
  readonly spec: DataSpec;
  readonly layout: Layout;
  private prepared: { readonly of: Learnings; readonly chains: readonly Prepared[] } | undefined;

  constructor(layout: Layout) {
    this.spec = layout.spec;
    this.layout = layout;
  }

  /** log p(x | length) of each sequence in nats; of texts log p(x), with their end. */
  logProb(x: Rows): Float64Array {
    const count = this.chains.length;
    const joint = this.jointOf(readSequences(this.layout, x));
    return Float64Array.from({ length: x.length }, (_, row) =>
      float64.logSumExp(joint.subarray(row * count, (row + 1) * count)),
    );
  }

  logPartition(x: Rows): Float64Array {
    return this.logProb(x);
  }

  /** log (p(y) p(x | y, length)): [rows, classes], in nats. */
  logJoint(x: Rows): Float64Array {
    return this.jointOf(readSequences(this.layout, x));
  }

  /** p(tag | x) at each step, without tags p(state | x): a ragged column of rows of probabilities. */
  marginals(x: Rows): Column {
    const { tags } = this.layout;
    const states = this.statePosteriors(x);
    if (tags === undefined) return states;
    const size = states.shape[0]!;
    const data = new Float64Array(((states.data as Float64Array).length / size) * tags.names.length);
    (states.data as Float64Array).forEach((p, at) => {
      const place = Math.floor(at / size) * tags.names.length + this.tagOf(at % size);
      data[place] = data[place]! + p;
    });
    return { ...states, data, shape: [tags.names.length] };
  }

  /** The likeliest path of each sequence, as tags where the data have them: a ragged column. */
  viterbi(x: Rows): Column {
    return this.column(x, (data) => {
      const own = this.chains.map((chain) => likeliestPaths(chain, data, this.layout.hasEnd));
      const result = new Int32Array(data.offsets.at(-1)!);
      for (let s = 0; s < countOf(data); s++) {
        let best = 0;
        const score = (c: number): number => own[c]![s]!.logProb + this.learnings.logPriors[c]!;
        for (let c = 1; c < own.length; c++) if (score(c) > score(best)) best = c;
        own[best]![s]!.states.forEach(
          (state, t) => (result[data.offsets[s]! + t] = this.numbered(best, state)),
        );
      }
      return result;
    });
  }

  /** The likeliest state of each step by itself, as tags where the data have them: a ragged column. */
  posteriorPath(x: Rows): Column {
    const { data, shape, lengths } = this.marginals(x);
    const size = shape[0]!;
    const marginals = data as Float64Array;
    const path = Int32Array.from({ length: marginals.length / size }, (_, t) => {
      let best = 0;
      for (let k = 1; k < size; k++) if (marginals[t * size + k]! > marginals[t * size + best]!) best = k;
      return best;
    });
    return { data: path, shape: [], lengths: lengths! };
  }

  /** p(state | x) at each step: a ragged column of [states] numbers. */
  statePosteriors(x: Rows): Column {
    return this.perState(x, posteriors);
  }

  /** p(state | x up to the step) at each step: a ragged column of [states] numbers. */
  filter(x: Rows): Column {
    return this.perState(x, filtered);
  }

  /**
   * The `count` likeliest paths of each sequence with their log p(path, x), likeliest first. As tags, paths of several
   * states are told apart no more.
   */
  bestPaths(x: Rows, count: number): readonly (readonly ScoredPath[])[] {
    checkPathCount(count);
    const data = readSequences(this.layout, x);
    const own = this.chains.map((chain) => likeliestPathsOf(chain, data, count, this.layout.hasEnd));
    return Array.from({ length: x.length }, (_, s) =>
      own
        .flatMap((paths, c) =>
          paths[s]!.map(({ states, logProb }) => ({
            path: states.map((state) => this.numbered(c, state)),
            score: logProb + this.learnings.logPriors[c]!,
          })),
        )
        .sort((a, b) => b.score - a.score)
        .slice(0, count),
    );
  }

  /** A path of each sequence drawn from p(path | x): a ragged column of states. */
  samplePaths(x: Rows, key: Key): Column {
    return this.column(x, (data) => {
      const chosen = this.chosenClasses(data, key.fold("class"));
      const own = this.chains.map((chain, c) => sampledPaths(chain, data, key.fold("path").fold(c)));
      const result = new Int32Array(data.offsets.at(-1)!);
      chosen.forEach((c, s) => {
        for (let t = data.offsets[s]!; t < data.offsets[s + 1]!; t++)
          result[t] = c * this.states + own[c]![t]!;
      });
      return result;
    });
  }

  get protocol() {
    return protocolOf(this.layout, this.learnings, this.classNumbers);
  }

  /** The states of one class. */
  get states(): number {
    return this.learnings.classes[0]!.parameters.chain.states;
  }

  /** Each class's chain made ready for computing. */
  protected get chains(): readonly Prepared[] {
    const { learnings } = this;
    if (this.prepared?.of !== learnings)
      this.prepared = {
        of: learnings,
        chains: learnings.classes.map(({ parameters }) => prepare(parameters)),
      };
    return this.prepared.chains;
  }

  private jointOf(data: Sequences): Float64Array {
    const { logPriors } = this.learnings;
    const result = new Float64Array(countOf(data) * logPriors.length);
    this.chains.forEach((chain, c) =>
      logLikelihoods(chain, data).forEach(
        (value, s) => (result[s * logPriors.length + c] = value + logPriors[c]!),
      ),
    );
    return result;
  }

  /** Probabilities of the states of all classes, each class's weighed by its own. */
  private perState(x: Rows, of: (model: Prepared, data: Sequences) => Float64Array): Column {
    const size = this.states * this.chains.length;
    const column = this.column(
      x,
      (data) => {
        if (this.chains.length === 1) return of(this.chains[0]!, data);
        const weights = this.classWeights(data);
        const result = new Float64Array(data.offsets.at(-1)! * size);
        this.chains.forEach((chain, c) => {
          const own = of(chain, data);
          for (let s = 0; s < countOf(data); s++)
            for (let t = data.offsets[s]!; t < data.offsets[s + 1]!; t++)
              for (let k = 0; k < this.states; k++)
                result[t * size + c * this.states + k] =
                  weights[s * this.chains.length + c]! * own[t * this.states + k]!;
        });
        return result;
      },
      size,
    );
    return { ...column, shape: [size] };
  }

  /** p(y | x): [sequences, classes]; even where a sequence is impossible. */
  private classWeights(data: Sequences): Float64Array {
    const joint = this.jointOf(data);
    const count = this.chains.length;
    return joint.map((value, at) => {
      const row = at - (at % count);
      const total = float64.logSumExp(joint.subarray(row, row + count));
      return total === -Infinity ? 1 / count : Math.exp(value - total);
    });
  }

  private chosenClasses(data: Sequences, key: Key): Int32Array {
    const weights = this.classWeights(data);
    const count = this.chains.length;
    const uniform = uniforms64(key, countOf(data));
    return Int32Array.from(uniform, (u, s) => drawn(weights.subarray(s * count, (s + 1) * count), u));
  }

  /** A ragged column of what is made of sequences, without the steps that end texts. */
  private column<A extends Float64Array | Int32Array>(
    x: Rows,
    make: (data: Sequences) => A,
    size = 1,
  ): Column {
    const data = readSequences(this.layout, x);
    const all = make(data);
    const lengths = Int32Array.from({ length: x.length }, (_, s) => data.offsets[s + 1]! - data.offsets[s]!);
    if (!this.layout.hasEnd) return { data: all, shape: [], lengths };
    const kept = all.slice(0, all.length - size * x.length);
    for (let s = 0; s < x.length; s++)
      kept.set(
        all.subarray(data.offsets[s]! * size, (data.offsets[s + 1]! - 1) * size),
        (data.offsets[s]! - s) * size,
      );
    return { data: kept, shape: [], lengths: lengths.map((length) => length - 1) };
  }

  /** What a path says of a state: its number among those of all classes, or its tag. */
  private numbered(c: number, state: number): number {
    return this.layout.tags === undefined ? c * this.states + state : this.tagOf(state);
  }

  private tagOf(state: number): number {
    return this.learnings.classes[0]!.parameters.tags![state]!;
  }
}
