import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import type { Json, Shape } from "../types.js";

/** An array with its exact type, as it stands in a file. */
export interface NamedArray {
  readonly dtype: "F64" | "F32" | "I32" | "U8";
  readonly shape: Shape;
  readonly data: Float64Array | Float32Array | Int32Array | Uint8Array;
}

/** What has a state that can be saved and put back, bit for bit. */
export interface Stateful {
  state(): Promise<ReadonlyMap<string, NamedArray>>;
  restore(state: ReadonlyMap<string, NamedArray>): void;
}

/** A known failure, with what to do about it. */
export interface Diagnosis {
  readonly kind: string;
  readonly remedy: string;
}

export interface Step {
  readonly metrics: Readonly<Record<string, number>>;
  readonly done?: "converged" | "complete";
  readonly diagnoses?: readonly Diagnosis[];
}

/**
 * Changes a model by steps. It consumes at each step one batch, a sweep over all data in chunks, or the pool:
 * all rows at once, from which it draws for itself (random windows of a text).
 */
export interface Trainer extends Stateful, Disposable {
  readonly consumes: "batch" | "sweep" | "pool";
  /** The training configuration, for checkpoints. */
  readonly config?: Readonly<Record<string, Json>>;
  /** Before step 0 only: k-means++, data-dependent initialisation. */
  start?(data: Iterable<Rows>, key: Key): void | Promise<void>;
  step(data: Iterable<Rows>, at: { readonly step: number; readonly key: Key }): Promise<Step>;
}

/** A pure loss of a batch and a key, minimised over `variables`. */
export interface Objective {
  readonly variables: readonly Variable[];
  /** Chosen rows from the pool, in JavaScript arrays: drawn outside of the loss. */
  prepare?(pool: Rows, key: Key): Rows;
  loss(
    batch: Rows,
    key: Key,
  ): {
    readonly loss: Scalar;
    readonly metrics?: Readonly<Record<string, Scalar>>;
    /** Values that variables take after the step (batch norm's averages). */
    readonly updates?: ReadonlyMap<Variable, Tensor>;
  };
  readonly optimizer: Optimizer;
  /** Known failures that the step's metrics (with `loss`) tell of. */
  diagnose?(metrics: Readonly<Record<string, number>>, step: number): readonly Diagnosis[];
}

/** Applies gradients to variables; `step` counts from 0. Its slots are its state, named by the variable's index. */
export interface Optimizer extends Stateful, Disposable {
  apply(variables: readonly Variable[], gradients: readonly Tensor[], step: number): void;
}

/**
 * Optional ability of a back end: `tf.backend()` may offer it. A function of tensors becomes one graph; variables
 * that it reads are read anew at every run. Tensors that it makes itself and that differ from run to run it declares
 * by `asInput` before it uses them: they are inputs too, after those that it was given.
 */
export interface Compiler {
  /** Whether what it compiles runs at once; else `run` gives promises. */
  readonly isSynchronous: boolean;
  compile(
    f: (inputs: readonly Tensor[], asInput: (tensor: Tensor) => void) => readonly Tensor[],
    inputs: readonly Tensor[],
  ): Compiled;
}

/** A compiled function, for inputs of the shapes that it was compiled with. */
export interface Compiled extends Disposable {
  run(inputs: readonly Tensor[]): Tensor[] | Promise<Tensor[]>;
}

export type TrainingEvent =
  | ({ readonly type: "step"; readonly step: number } & Step)
  | { readonly type: "evaluation"; readonly step: number; readonly metrics: Readonly<Record<string, number>> }
  | { readonly type: "checkpoint"; readonly step: number; readonly file: Uint8Array }
  | { readonly type: "diagnosis"; readonly step: number; readonly diagnosis: Diagnosis }
  | {
      readonly type: "end";
      readonly step: number;
      readonly reason: "complete" | "converged" | "aborted" | "diverged" | "steps";
    };
