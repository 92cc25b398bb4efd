import { float64 } from "@gen/core/math";
import type { Plane, Point } from "./types.js";

/** The lower left corners of the dark unit squares of a 4 x 4 board around the origin. */
const squares = Array.from({ length: 16 }, (_, k): Point => [(k % 4) - 2, Math.floor(k / 4) - 2]).filter(
  ([x, y]) => (x + y) % 2 === 0,
);

/** log of the density of a number uniform on [from, from + 1] with Gaussian noise: log (Phi(b) - Phi(a)). */
function logSide(x: number, from: number, noise: number): number {
  if (noise === 0) return x >= from && x < from + 1 ? 0 : -Infinity;
  const below = (x - from - 1) / noise;
  const above = (x - from) / noise;
  // Both ends in the lower tail, where logarithms of Phi are accurate.
  const [a, b] = above + below > 0 ? [-above, -below] : [below, above];
  const larger = float64.logNormalCdf(b);
  return larger + float64.log1mexp(larger - float64.logNormalCdf(a));
}

/** Uniform on the eight dark squares of a board on [-2, 2]^2; with noise, blurred by a Gaussian. */
export const checkerboard = (): Plane => ({
  branches: squares.length,
  noise: 0,
  leastNoise: 0,
  place: (branch, uniform, normal, noise) => {
    const [x, y] = squares[branch]!;
    return [x + uniform[0] + noise * normal[0], y + uniform[1] + noise * normal[1]];
  },
  density: (noise) => (branch, x, y) => {
    const [left, lower] = squares[branch]!;
    return logSide(x, left, noise) + logSide(y, lower, noise);
  },
});
