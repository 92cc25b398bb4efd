import { erfc, erfcx, expNegativeSquare } from "./erf.js";

/** The standard normal distribution function Φ(x), with full relative accuracy in the lower tail. */
export function normalCdf(x: number): number {
  if (x > -1) return erfc(-x * Math.SQRT1_2) / 2;
  if (x < -39) return 0;
  // exp(-x²/2) from the exact x: its square amplifies the rounding of x/√2.
  const root = expNegativeSquare(x / 2);
  return (erfcx(-x * Math.SQRT1_2) / 2) * root * root;
}

/** log Φ(x) in nats, finite down to x = -1e154. */
export function logNormalCdf(x: number): number {
  if (x === -Infinity) return -Infinity;
  if (x < -1) return Math.log(erfcx(-x * Math.SQRT1_2) / 2) - (x * x) / 2;
  return Math.log1p(-normalCdf(-x));
}
