import type { Tensor } from "@tensorflow/tfjs-core";
import { cast, less, tidy } from "../backend/engine.js";
import type { Shape } from "../types.js";
import { uniform } from "./tensor-draws.js";
import type { Key } from "./types.js";

/**
 * Draws of 0 or 1 (int32), 1 with the given probabilities: shape [...shape, ...probabilities.shape]. More samples
 * begin with fewer; no gradient flows through a draw.
 *
 * @throws Error in development if the key object was drawn from before.
 */
export const bernoulli = (key: Key, probabilities: Tensor, shape: Shape = []): Tensor =>
  tidy(() => {
    const level = uniform(key, [...shape, ...probabilities.shape]);
    return cast(less(level, probabilities), "int32");
  });
