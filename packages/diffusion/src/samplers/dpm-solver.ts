import { add, mul, sub } from "@tensorflow/tfjs-core";
import type { Level } from "../schedule.js";
import type { Sampler } from "./sampler.js";

/** λ = log α / σ: half the logarithm of the ratio of signal to noise. */
const lambda = ({ alpha, sigma }: Level): number => Math.log(alpha / sigma);

/**
 * DPM-Solver++ of second order, multistep: with the step before, the expected data are extrapolated to the middle of
 * this one (DPM-Solver++, Lu et al., 2022, algorithm 2). The first and the last step are of first order.
 */
export const dpmSolver: Sampler = (expect, { x, from, to, before }) => {
  const { data } = expect(x, from);
  if (to.sigma === 0) return { x: data, data };
  const width = lambda(to) - lambda(from);
  const ahead = before && width / (2 * (lambda(from) - lambda(before.level)));
  const middle = before && ahead !== undefined ? add(data, mul(sub(data, before.data), ahead)) : data;
  const factor = -to.alpha * Math.expm1(-width);
  return { x: add(mul(x, to.sigma / from.sigma), mul(middle, factor)), data };
};
