import { curveDensity, type Curve } from "./curve.js";
import type { Plane } from "./types.js";

/** Curves with isotropic Gaussian noise; `position` gives s of a uniform number, so that it has the density `weight`. */
export function alongCurves(
  curves: readonly Curve[],
  position: (uniform: number) => number,
  labels: readonly string[],
): Plane {
  return {
    branches: curves.length,
    labels,
    noise: 0.1,
    leastNoise: 0.01,
    place: (branch, [u], normal, noise) => {
      const [x, y] = curves[branch]!.at(position(u));
      return [x + noise * normal[0], y + noise * normal[1]];
    },
    density: (noise) => {
      const densities = curves.map((curve) => curveDensity(curve, noise));
      return (branch, x, y) => densities[branch]!(x, y);
    },
  };
}
