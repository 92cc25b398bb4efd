import { logNormal } from "./log-normal.js";
import type { Plane, Point } from "./types.js";

const blades = 5;
const distance = 2;
const along = 0.5;
/** Radians by which a blade turns for each unit from the origin. */
const twist = 0.7;

const turned = ([x, y]: Point, angle: number): Point => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos * x - sin * y, sin * x + cos * y];
};

const angleOf = (branch: number, radius: number): number => (2 * Math.PI * branch) / blades + twist * radius;

/**
 * Five Gaussian blades around the origin, long in the radial direction (deviation 0.5) and thin across (the noise),
 * bent by a rotation that grows with the distance from the origin. That map keeps areas, so the density is the
 * Gaussian's at the point turned back.
 *
 * Source: Composing graphical models with neural networks for structured representations and fast inference
 * (Johnson et al., 2016), whose rotation grows with the first coordinate instead.
 */
export const pinwheel = (): Plane => ({
  branches: blades,
  labels: Array.from({ length: blades }, (_, branch) => `blade ${branch + 1}`),
  noise: 0.2,
  leastNoise: 1e-6,
  place: (branch, _, normal, noise) => {
    const straight: Point = [distance + along * normal[0], noise * normal[1]];
    return turned(straight, angleOf(branch, Math.hypot(...straight)));
  },
  density: (noise) => (branch, x, y) => {
    const [radial, across] = turned([x, y], -angleOf(branch, Math.hypot(x, y)));
    return logNormal(radial - distance, along) + logNormal(across, noise);
  },
});
