import type { Bijector } from "./types.js";

/** The bijector with its directions exchanged: what was `inverse` is `forward`. */
export function invert(bijector: Bijector): Bijector {
  return {
    eventRank: bijector.eventRankOut ?? bijector.eventRank,
    eventRankOut: bijector.eventRank,
    constantLogDet: bijector.constantLogDet,
    forwardShape: (shape) => bijector.inverseShape(shape),
    inverseShape: (shape) => bijector.forwardShape(shape),
    forward: (z) => bijector.inverse(z),
    inverse: (x) => bijector.forward(x),
    forwardWithLogDet: (z) => bijector.inverseWithLogDet(z),
    inverseWithLogDet: (x) => bijector.forwardWithLogDet(x),
  };
}
