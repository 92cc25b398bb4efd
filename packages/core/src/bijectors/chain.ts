import type { Tensor } from "@tensorflow/tfjs-core";
import { add, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { invert } from "./invert.js";
import { sumTrailing } from "./sum-trailing.js";
import { tidyPair } from "./tidy-pair.js";
import type { Bijector, WithLogDet } from "./types.js";

const rankOut = (bijector: Bijector): number => bijector.eventRankOut ?? bijector.eventRank;

/** The smallest event rank before the first stage that gives every stage all of its event axes. */
function rankBefore(stages: readonly Bijector[]): number {
  let gained = 0;
  return stages.reduce((rank, stage) => {
    const needed = stage.eventRank - gained;
    gained += rankOut(stage) - stage.eventRank;
    return Math.max(rank, needed);
  }, 0);
}

const shapeAfter = (stages: readonly Bijector[], shape: Shape): Shape =>
  stages.reduce((current, stage) => stage.forwardShape(current), shape);

const valueAfter = (stages: readonly Bijector[], z: Tensor): Tensor =>
  tidy(() => stages.reduce((current, stage) => stage.forward(current), z));

/** Σ log |det J of each stage|, each stage's summed over the event axes that it treats as batch axes; there is one at least. */
const withLogDetAfter = (stages: readonly Bijector[], z: Tensor): WithLogDet =>
  tidyPair(() => {
    let rank = rankBefore(stages);
    let value = z;
    let total: Tensor | undefined;
    for (const stage of stages) {
      const step = stage.forwardWithLogDet(value);
      const logDet = sumTrailing(step.logDet, rank - stage.eventRank);
      rank += rankOut(stage) - stage.eventRank;
      value = step.value;
      total = total === undefined ? logDet : add(total, logDet);
    }
    return { value, logDet: total! };
  });

/**
 * The composition of bijectors, applied from left to right by `forward`: chain(f, g)(z) = g(f(z)), and
 * log |det| is the sum over the stages. Throws `InputError` without a stage.
 */
export function chain(...stages: readonly Bijector[]): Bijector {
  if (stages.length === 0) throw new InputError("chain: there is no bijector; give at least one.");
  const backwards = stages.map(invert).reverse();
  return {
    eventRank: rankBefore(stages),
    eventRankOut: rankBefore(backwards),
    constantLogDet: stages.every((stage) => stage.constantLogDet),
    forwardShape: (shape) => shapeAfter(stages, shape),
    inverseShape: (shape) => shapeAfter(backwards, shape),
    forward: (z) => valueAfter(stages, z),
    inverse: (x) => valueAfter(backwards, x),
    forwardWithLogDet: (z) => withLogDetAfter(stages, z),
    inverseWithLogDet: (x) => withLogDetAfter(backwards, x),
  };
}
