import type { Tensor } from "@tensorflow/tfjs-core";
import { add, argMax, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { gumbel } from "./tensor-draws.js";
import type { Key } from "./types.js";

/**
 * Draws of classes (int32) with probabilities softmax(logits) along the last axis, by the Gumbel-max trick:
 * argmax of logits plus standard Gumbel noise. Shape [...shape, ...batch] for logits of shape [...batch, classes];
 * a logit of -Infinity is never drawn. More samples begin with fewer; no gradient flows through a draw.
 *
 * Source: Statistical theory of extreme values and some practical applications (Gumbel, 1954).
 *
 * @throws InputError if the logits have no axis, or none along it.
 * @throws Error in development if the key object was drawn from before.
 */
export const categorical = (key: Key, logits: Tensor, shape: Shape = []): Tensor =>
  tidy(() => {
    if (!(logits.shape.at(-1)! > 0))
      throw new InputError(
        `Logits need a last axis with at least one class, but their shape is [${logits.shape.join(", ")}]; add it.`,
      );
    const noise = gumbel(key, [...shape, ...logits.shape]);
    return argMax(add(logits, noise), -1);
  });
