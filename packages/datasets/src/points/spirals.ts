import { alongCurves } from "./along-curves.js";
import type { Curve } from "./curve.js";
import type { Plane } from "./types.js";

const radius = 3;
const turn = 3 * Math.PI;

/** An arm of the spiral of Archimedes, 3 s (cos 3 pi s, sin 3 pi s), turned by an angle; s has the density 2 s. */
const arm = (angle: number): Curve => ({
  at: (s) => [radius * s * Math.cos(turn * s + angle), radius * s * Math.sin(turn * s + angle)],
  weight: (s) => 2 * s,
  speed: radius * Math.sqrt(1 + turn * turn),
});

/**
 * Two arms of a spiral of one and a half turns, with Gaussian noise.
 *
 * Source: FFJORD: free-form continuous dynamics for scalable reversible generative models (Grathwohl et al., 2019).
 */
export const spirals = (): Plane => alongCurves([arm(0), arm(Math.PI)], Math.sqrt, ["first", "second"]);
