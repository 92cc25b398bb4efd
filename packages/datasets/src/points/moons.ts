import { alongCurves } from "./along-curves.js";
import type { Plane } from "./types.js";

const arc = { weight: () => 1, speed: Math.PI };

/**
 * Two half circles of radius 1 that hold one another, uniform along them, with Gaussian noise.
 *
 * Source: Scikit-learn: machine learning in Python (Pedregosa et al., 2011).
 */
export const moons = (): Plane =>
  alongCurves(
    [
      { ...arc, at: (s) => [Math.cos(Math.PI * s), Math.sin(Math.PI * s)] },
      { ...arc, at: (s) => [1 - Math.cos(Math.PI * s), 0.5 - Math.sin(Math.PI * s)] },
    ],
    (uniform) => uniform,
    ["upper", "lower"],
  );
