import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rows } from "../data/types.js";
import type { Of, Schema } from "../plugin/schema.js";
import type { Key } from "../random/types.js";
import type { Tree } from "../types.js";
import type { SamplingProtocol } from "./types.js";

/** A draw on its way from noise to data. */
export type Noisy = {
  readonly x: Tensor;
  /** What x is expected to become, known from the first step on. */
  readonly expected?: Tensor;
};

export interface DenoisingSettings<S extends Noisy & Tree, O extends Schema> {
  readonly options: O;
  steps(options: Of<O>): number;
  /** Noise, and what stays the same on the way (labels). */
  begin(key: Key, count: number, options: Of<O>): S;
  /** One step towards the data. */
  denoise(state: S, at: { readonly step: number; readonly key: Key }, options: Of<O>): S;
  /** x or what it is expected to become, as rows of the model's space. */
  rows(x: Tensor, state: S): Rows;
}

/** Denoising: x ~ noise, then step by step less of it; frames show x and what it is expected to become. */
export function denoising<S extends Noisy & Tree, O extends Schema>(
  settings: DenoisingSettings<S, O>,
): SamplingProtocol<S, O> {
  return {
    kind: "denoising",
    options: settings.options,
    steps: (options) => settings.steps(options),
    begin: (key, count, options) => settings.begin(key, count, options),
    advance: (state, at, options) => settings.denoise(state, at, options),
    view: (state) => ({
      x: settings.rows(state.x, state),
      ...(state.expected && { expected: settings.rows(state.expected, state) }),
    }),
    finish: (state) => settings.rows(state.x, state),
  };
}
