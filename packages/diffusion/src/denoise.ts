import type { Tensor } from "@tensorflow/tfjs-core";
import type { CapabilityDefinition } from "@gen/core";
import { laws } from "./laws.js";
import type { Schedule } from "./schedule.js";
import type { Parts } from "./targets.js";

/** The noise and the denoiser from which every sampler is built; in the model's own space. */
export interface Denoise {
  readonly schedule: Schedule;
  /** One row's shape where it is noised. */
  readonly noisedShape: readonly number[];
  /**
   * What is expected of data and noise in x = √ᾱ x₀ + √(1 - ᾱ) ε, given x of [rows, ...noisedShape] at one time for all
   * rows; the time may lie between whole ones.
   */
  denoise(x: Tensor, time: number): Parts;
}

declare module "@gen/core" {
  interface CapabilityMap {
    denoise: Denoise;
  }
}

/** How core knows the capability. */
export const denoiseDefinition: CapabilityDefinition<"denoise"> = {
  members: ["schedule", "noisedShape", "denoise"],
  laws,
};
