import type { Bijector, WithLogDet } from "./types.js";
import { sumTrailing } from "./sum-trailing.js";
import { tidyPair } from "./tidy-pair.js";

/**
 * The same bijector on blocks: `rank` more trailing axes belong to one event, and the log-determinant is summed
 * over them.
 */
export function block(bijector: Bijector, rank: number): Bijector {
  const summed = (compute: () => WithLogDet): WithLogDet =>
    tidyPair(() => {
      const { value, logDet } = compute();
      return { value, logDet: sumTrailing(logDet, rank) };
    });
  return {
    eventRank: bijector.eventRank + rank,
    eventRankOut: (bijector.eventRankOut ?? bijector.eventRank) + rank,
    constantLogDet: bijector.constantLogDet,
    forwardShape: (shape) => bijector.forwardShape(shape),
    inverseShape: (shape) => bijector.inverseShape(shape),
    forward: (z) => bijector.forward(z),
    inverse: (x) => bijector.inverse(x),
    forwardWithLogDet: (z) => summed(() => bijector.forwardWithLogDet(z)),
    inverseWithLogDet: (x) => summed(() => bijector.inverseWithLogDet(x)),
  };
}
