import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../types.js";
import type { Key } from "./types.js";

/** Random numbers as a sampler makes them, row-major. */
export type Numbers = Float32Array | Float64Array | Int32Array;

/** One tensor draw, and all that it takes to draw it again from another key. */
export interface Draw {
  readonly sampler: string;
  readonly shape: Shape;
  readonly dtype: "float32" | "int32";
  readonly make: (key: Key) => Numbers;
  /** What was drawn; owned by the scope that drew it, so it may be disposed of by now. */
  readonly tensor: Tensor;
}

/** The property by which a recording key is told of draws: shared by two copies of this package. */
export const recorder: unique symbol = Symbol.for("@gen/random/recorder") as never;

/** A key that wants to know what is drawn from it. */
export interface Recorder extends Key {
  [recorder](draw: Draw): void;
}

export const isRecording = (key: Key): key is Recorder => recorder in key;
