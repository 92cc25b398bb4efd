import { float64 } from "@gen/core/math";
import type { Plane } from "./types.js";

const radii = [1, 2];

/**
 * Two circles around the origin, of radius 1 and 2, uniform along them, with Gaussian noise: in a circle of radius r
 * p(x) = exp(-(|x|^2 + r^2) / (2 noise^2)) I0(|x| r / noise^2) / (2 pi noise^2).
 */
export const rings = (): Plane => ({
  branches: radii.length,
  labels: ["inner", "outer"],
  noise: 0.1,
  leastNoise: 0.001,
  place: (branch, [u], normal, noise) => {
    const radius = radii[branch]!;
    return [
      radius * Math.cos(2 * Math.PI * u) + noise * normal[0],
      radius * Math.sin(2 * Math.PI * u) + noise * normal[1],
    ];
  },
  density: (noise) => (branch, x, y) => {
    const radius = radii[branch]!;
    const distance = Math.hypot(x, y);
    const variance = noise * noise;
    // (|x| - r)^2 with I0(z) exp(-z), for |x|^2 + r^2 and I0(z) would cancel.
    const z = (distance * radius) / variance;
    const offset = distance - radius;
    return (
      -(offset * offset) / (2 * variance) + (float64.logBesselI0(z) - z) - Math.log(2 * Math.PI * variance)
    );
  },
});
