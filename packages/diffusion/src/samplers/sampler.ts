import type { Tensor } from "@tensorflow/tfjs-core";
import type { Level } from "../schedule.js";
import type { Parts } from "../targets.js";

/** One step of a draw, from a level to one with less noise. */
interface Step {
  readonly x: Tensor;
  readonly from: Level;
  readonly to: Level;
  /** What the step before expected of the data, and the level at which it did. */
  readonly before?: { readonly data: Tensor; readonly level: Level };
  /** How much fresh noise a step draws, from 0 to 1, where the sampler lets one choose. */
  readonly eta: number;
  /** Fresh noise of x's shape: at most once in a step. */
  readonly draw: () => Tensor;
}

/** x at the level that the step goes to, and what is expected of the data, seen from where it began. */
export interface Stepped {
  readonly x: Tensor;
  readonly data: Tensor;
}

/** What is expected of data and noise at a level that has noise. */
export type Expect = (x: Tensor, level: Level) => Parts;

/** How a draw takes a step, given a denoiser. */
export type Sampler = (expect: Expect, step: Step) => Stepped;
