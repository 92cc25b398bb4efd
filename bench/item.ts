import type { BackendName } from "@gen/core/backend";

/** Figures by name, the peer's names: `stepMs`, `fullF64.secondsPerIteration`. */
export type Figures = Readonly<Record<string, number | string>>;

/** What a program of ours is given: the same data, threads, seed and length of run as the peer. */
export interface BenchOptions {
  /** Folder of the MNIST idx files, where the item and the mode need it. */
  readonly mnist?: string;
  /** Folder of the Fashion-MNIST idx files, likewise. */
  readonly fashion?: string;
  /** Path of the UTF-8 text, where the item needs it. */
  readonly text?: string;
  readonly threads: number;
  readonly seed: number;
  /** Timed steps, or training steps of a quality run, instead of the item's own number. */
  readonly steps?: number;
  /** Epochs of a quality run instead of the item's own number. */
  readonly epochs?: number;
  /** A back end of TensorFlow.js as it is published, instead of the fastest that is installed. */
  readonly published?: "wasm" | "cpu";
  /** Kernel by kernel, where the back end would compile steps. */
  readonly eager?: boolean;
  /** One line of progress, to stderr. */
  readonly log: (line: string) => void;
}

/** Training under way. */
export interface TrainingRun {
  readonly backend: BackendName;
  /** Endless; each value is a step taken, its loss read. */
  readonly steps: AsyncIterable<unknown>;
}

/** Our side of an item: the default export of `items/<item>.ts`. */
export interface BenchProgram {
  readonly item: string;
  /** Where the item is trained by steps: what `speed` and `pnpm bench all` time. */
  train?(options: BenchOptions): Promise<TrainingRun>;
  /** How fast it is; figures under the peer's names, and `backend`. */
  speed(options: BenchOptions): Promise<Figures>;
  /** How good it is after the training that the peer gets too. */
  quality(options: BenchOptions): Promise<Figures>;
}

export type Mode = "speed" | "quality";

/** A figure that both sides give. */
export interface Comparison {
  readonly figure: string;
  readonly better: "lower" | "higher";
}

/** The peer's side of an item, and what is compared. */
export interface Item {
  readonly script: string;
  /** Python packages that the script imports. */
  readonly packages: readonly string[];
  readonly needs: Readonly<Record<Mode, readonly ("mnist" | "fashion" | "text")[]>>;
  /** Options that the script takes beside the common ones. */
  readonly takes?: readonly "epochs"[];
  readonly compared: Readonly<Record<Mode, readonly Comparison[]>>;
}

/** The call can't be carried out: what is wrong and what to do, in one line. */
export class UsageError extends Error {}
