import type { Tensor } from "@tensorflow/tfjs-core";
import type { Field, Rows } from "../data/types.js";
import type { Discrete } from "../distributions/types.js";
import type { Of, Schema } from "../plugin/schema.js";
import type { Key } from "../random/types.js";
import type { Tree } from "../types.js";

/** What may be seen of a running draw; tensors are borrowed from the state. */
export interface View {
  readonly x?: Rows;
  readonly latent?: Rows;
  /** What the finished draw is expected to be, as far as is known now. */
  readonly expected?: Rows;
  /** The distribution that the last symbol was drawn from, with the symbols that were chosen (int32 [count]). */
  readonly next?: { readonly distribution: Discrete; readonly chosen: Tensor };
}

/**
 * How a draw begins, advances one step, may be viewed and ends. Written in the model's space; core runs it,
 * tidies every piece and disposes what a new state no longer holds. `advance` reads no values.
 */
export interface SamplingProtocol<S extends Tree = Tree, O extends Schema = Schema> {
  readonly kind: "ancestral" | "transport" | "latent" | "denoising" | "pushforward" | "joint";
  readonly options: O;
  /** Names of the symbols, for candidates. */
  readonly alphabet?: Extract<Field, { type: "category" }>;
  steps(options: Of<O>): number;
  begin(key: Key, count: number, options: Of<O>): S;
  advance(state: S, at: { readonly step: number; readonly key: Key }, options: Of<O>): S;
  view(state: S): View;
  finish(state: S): Rows;
  /** Read between steps: true when no row can change any more (every line has ended). */
  done?(state: S): Tensor;
  /** From the model's space to the data's, on downloaded rows; the border supplies it. */
  present?(x: Rows): Rows;
}

export interface Candidate {
  readonly label: string;
  readonly probability: number;
  readonly chosen: boolean;
}

/** A step of a draw in the data's units: plain data that can be sent to another thread. */
export interface Frame {
  readonly step: number;
  readonly steps: number;
  readonly x?: Rows;
  readonly latent?: Rows;
  readonly expected?: Rows;
  /** For each row the likeliest next symbols. */
  readonly candidates?: readonly (readonly Candidate[])[];
}

export interface Draw<O extends Schema = Schema> {
  readonly key: Key;
  readonly count: number;
  readonly options?: Partial<Of<O>>;
  readonly signal?: AbortSignal;
}
