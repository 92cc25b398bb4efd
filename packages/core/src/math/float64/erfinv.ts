import { normalQuantileOf } from "./normal-quantile.js";

/** The inverse error function, erf(erfinv(x)) = x for x in [-1, 1]; NaN outside. */
export function erfinv(x: number): number {
  if (!(Math.abs(x) <= 1)) return NaN;
  return normalQuantileOf(x / 2, (1 - Math.abs(x)) / 2) * Math.SQRT1_2;
}
