import {
  add,
  grad,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { uniform } from "@gen/core/random";

export type PenaltyName = "none" | "gradient" | "r1";

/** A critic's logits of rows, [rows]. */
export type Judge = (x: Tensor) => Tensor;

/** Keeps the norm's derivative finite at 0. */
const least = 1e-12;

/** The squared length of the logit's gradient at each row, [rows]; no row's logit may depend on another row. */
function squaredSlopes(judge: Judge, x: Tensor): Tensor {
  const slopes = grad((at: Tensor) => sum(judge(at)))(x);
  return sum(square(reshape(slopes, [x.shape[0], -1])), 1);
}

/**
 * E (‖∇D(x)‖ - 1)² at points between data and samples, x = ε real + (1 - ε) fake, one uniform ε for each row
 * (Improved training of Wasserstein GANs, Gulrajani et al., 2017).
 */
export function gradientPenalty(judge: Judge, real: Tensor, fake: Tensor, key: Key): Scalar {
  const share = uniform(key, [real.shape[0], ...real.shape.slice(1).map(() => 1)]);
  const between = add(fake, mul(share, sub(real, fake)));
  const norms = sqrt(add(squaredSlopes(judge, between), least));
  return mean<Scalar>(square(sub(norms, 1)));
}

/** E ‖∇D(x)‖² / 2 at data (Which training methods for GANs do actually converge?, Mescheder, Geiger & Nowozin, 2018). */
export const r1Penalty = (judge: Judge, real: Tensor): Scalar =>
  mul(mean<Scalar>(squaredSlopes(judge, real)), 0.5);
