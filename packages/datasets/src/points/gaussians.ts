import { logNormal } from "./log-normal.js";
import type { Plane, Point } from "./types.js";

const mixture = (centres: readonly Point[], noise: number): Plane => ({
  branches: centres.length,
  noise,
  leastNoise: 1e-6,
  place: (branch, _, normal, deviation) => {
    const [x, y] = centres[branch]!;
    return [x + deviation * normal[0], y + deviation * normal[1]];
  },
  density: (deviation) => (branch, x, y) => {
    const [centreX, centreY] = centres[branch]!;
    return logNormal(x - centreX, deviation) + logNormal(y - centreY, deviation);
  },
});

/** Eight Gaussians of equal weight on a circle of radius 2. */
export const eightGaussians = (): Plane =>
  mixture(
    Array.from({ length: 8 }, (_, k): Point => [
      2 * Math.cos((Math.PI * k) / 4),
      2 * Math.sin((Math.PI * k) / 4),
    ]),
    0.2,
  );

/** Twenty-five Gaussians of equal weight on a square grid of step 1 around the origin. */
export const twentyFiveGaussians = (): Plane =>
  mixture(
    Array.from({ length: 25 }, (_, k): Point => [(k % 5) - 2, Math.floor(k / 5) - 2]),
    0.05,
  );
