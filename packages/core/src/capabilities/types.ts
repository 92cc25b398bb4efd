import type { Tensor } from "@tensorflow/tfjs-core";
import type { Column, DataSpec, Encoding, Field, Rows } from "../data/types.js";
import type { Discrete, Distribution } from "../distributions/types.js";
import type { Key } from "../random/types.js";
import type { SamplingProtocol } from "../sampling/types.js";
import type { Tree, Values } from "../types.js";

export interface Sampleable {
  readonly protocol: SamplingProtocol;
}
export interface Density {
  /** log p(x) of each row: exact, in nats, in the data's own units. */
  logProb(x: Rows): Values;
}
export interface Bound {
  /** A lower bound of log p(x) of each row in nats; more `samples` make it tighter (importance weighting). */
  elbo(x: Rows, key: Key, samples?: number): Values;
}
export interface Latent {
  readonly prior: Distribution;
  encode(x: Rows): Distribution;
  decode(z: Tensor): Distribution<Rows>;
}
export interface Codec {
  readonly codes: DataSpec;
  compress(x: Rows): Rows;
  reconstruct(z: Rows): Rows;
}
export interface Features {
  /** One vector per row: [rows, d], row-major. */
  features(x: Rows): Values;
}
export interface Implicit {
  readonly noise: Distribution;
  generate(z: Tensor): Rows;
}
export interface Joint {
  readonly classes: readonly string[];
  /** log p(x, y) for every class: [rows, classes], in nats. x carries no y. */
  logJoint(x: Rows): Values;
}
export interface Classifier {
  readonly classes: readonly string[];
  /** log p(y | x): [rows, classes], in nats. */
  logPosterior(x: Rows): Values;
}
export interface Conditional<C extends Capability = never> {
  /** The fields that may be given: a label, or a part of x (a prompt). Optional ones may have gaps, to be drawn. */
  readonly condition: DataSpec;
  /** The model given a condition: one row, or one per row asked. Borrows from the model. */
  given(condition: Rows): Capable<C>;
}
/** A chain over symbols: the data as one line of symbols, drawn one after another. */
export interface Autoregressive<S extends Tree = Tree> {
  readonly alphabet: Extract<Field, { type: "category" }>;
  /** Ragged where lines have unequal lengths; else every row has as many symbols, and nothing follows the last. */
  symbols(x: Rows): Column;
  assemble(symbols: Column): Rows;
  begin(count: number): S;
  /** The distribution of the next symbol of each line. */
  next(state: S): Discrete;
  /** Appends `[count, k]` symbols (int32); k > 1 is prefill. */
  append(state: S, symbols: Tensor): S;
}
export interface Flow {
  readonly base: Distribution<readonly Tensor[]>;
  toLatent(x: Rows): { readonly z: readonly Tensor[]; readonly logDet: Tensor };
  fromLatent(z: readonly Tensor[]): Rows;
}
/** A tag or state for each element of a sequence. */
export interface ScoredPath {
  readonly path: Int32Array;
  /** log p(path, x) in nats; of a model of paths given x alone, what exceeds log p(path | x) by `logPartition`. */
  readonly score: number;
}
/** Hidden or wanted paths beside sequences. Where several states stand for a tag, paths of states may look the same. */
export interface Sequence {
  /** log Σ exp(score) over all paths of each row: log p(x) where the model has one. */
  logPartition(x: Rows): Values;
  /** p(tag | x) of each element, or p(state | x): ragged, an element of shape [tags]. */
  marginals(x: Rows): Column;
  /** The likeliest path of each row: ragged, whole numbers. */
  viterbi(x: Rows): Column;
  /**
   * The `count` likeliest paths of each row, likeliest first; fewer where there are no more. Throws `InputError`
   * unless `count` is a whole number of at least 1 (`checkPathCount`).
   */
  bestPaths(x: Rows, count: number): readonly (readonly ScoredPath[])[];
}

/** Every capability by name. A package adds its own by declaration merging and `Plugin.defines`. */
export interface CapabilityMap {
  sample: Sampleable;
  density: Density;
  bound: Bound;
  latent: Latent;
  codec: Codec;
  features: Features;
  implicit: Implicit;
  joint: Joint;
  classifier: Classifier;
  conditional: Conditional;
  autoregressive: Autoregressive;
  flow: Flow;
  sequence: Sequence;
}
export type Capability = keyof CapabilityMap;

type Intersect<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;
export type Has<C extends Capability> = Intersect<{ [K in C]: CapabilityMap[K] }[C]>;

/** Something that can do C. It may borrow from a model and owns nothing. */
export type Capable<C extends Capability = never> = {
  readonly spec: DataSpec;
  readonly capabilities: ReadonlySet<Capability>;
  /** Why a capability that the family sometimes has is not here, for error messages. */
  readonly absent?: Readonly<Partial<Record<Capability, string>>>;
} & ([C] extends [never] ? unknown : Has<C>);

/** How core checks a capability at run time and carries it across the border from model space to data. */
export interface CapabilityDefinition<K extends Capability = Capability> {
  readonly members: readonly string[];
  /** `cross` carries a part of the model that has capabilities of its own. */
  across?(model: CapabilityMap[K], encoding: Encoding, cross: (part: Capable) => Capable): CapabilityMap[K];
  /** What must hold of every model that has it: checks for the test kit, brought by the package that defines it. */
  readonly laws?: readonly Law<K>[];
}

/** What must hold of every model with a capability. */
export interface Law<K extends Capability = Capability> {
  /** The check's id after the capability's name. */
  readonly id: string;
  /** The law, in one sentence. */
  readonly why: string;
  /** Throws where it does not hold. x are rows of the data without their labels; no tensor may be left behind. */
  check(model: Capable<K>, x: Rows, key: Key): void | Promise<void>;
}

type Members<C extends Capability> = { [K in C]: keyof CapabilityMap[K] }[C];
/** A family's class seen in the data's units: both sides speak Rows, so its own member types survive. */
export type Border<C extends Capability, N> = Capable & Pick<N, Members<C> & keyof N>;
