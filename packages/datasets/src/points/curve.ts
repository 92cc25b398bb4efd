import { float64 } from "@gen/core/math";
import { gaussLegendre } from "./gauss-legendre.js";
import { logNormal } from "./log-normal.js";
import type { Point } from "./types.js";

/** A curve in the plane with a density along its parameter s in [0, 1]. */
export interface Curve {
  readonly at: (s: number) => Point;
  /** The density of s. */
  readonly weight: (s: number) => number;
  /** No less than the length of dc/ds anywhere. */
  readonly speed: number;
}

const order = 8;
/** Panels and parts of them that are this many nats below the largest are nothing beside it. */
const negligible = 60;

/**
 * log of the integral over s of weight(s) N((x, y); c(s), noise^2 I): the density of a point of the curve with
 * Gaussian noise, by Gauss-Legendre quadrature in log space. Panels are at most two deviations long, those far from
 * the point are left out, and the others are halved until they agree with their halves to 1e-7.
 */
export function curveDensity({ at, weight, speed }: Curve, noise: number): (x: number, y: number) => number {
  const { nodes, weights } = gaussLegendre(order);
  const count = Math.ceil(speed / (2 * noise));
  const middles = Array.from({ length: count }, (_, panel) => at((panel + 0.5) / count));
  const reach = speed / (2 * count);
  return (x, y) => {
    const terms = new Float64Array(order);
    const logPanel = (from: number, to: number): number => {
      const half = (to - from) / 2;
      for (let i = 0; i < order; i++) {
        const s = from + half * (1 + nodes[i]!);
        const [cx, cy] = at(s);
        terms[i] =
          Math.log(weights[i]! * half * weight(s)) + logNormal(x - cx, noise) + logNormal(y - cy, noise);
      }
      return float64.logSumExp(terms);
    };
    const refined = (from: number, to: number, whole: number, floor: number, depth: number): number => {
      const middle = (from + to) / 2;
      const left = logPanel(from, middle);
      const right = logPanel(middle, to);
      const both = float64.logAddExp(left, right);
      if (depth === 0 || Math.abs(both - whole) < 1e-7 || both < floor) return both;
      return float64.logAddExp(
        refined(from, middle, left, floor, depth - 1),
        refined(middle, to, right, floor, depth - 1),
      );
    };
    const distances = middles.map(([cx, cy]) => Math.hypot(x - cx, y - cy));
    const nearest = distances.reduce((least, distance) => Math.min(least, distance), Infinity) + reach;
    // What no point of a panel farther than this adds up to: its exponent is `negligible` below the nearest's.
    const farthest = Math.sqrt(nearest * nearest + 2 * negligible * noise * noise) + reach;
    const panels = [...distances.keys()]
      .filter((panel) => distances[panel]! <= farthest)
      .map((panel) => ({ from: panel / count, to: (panel + 1) / count }))
      .map(({ from, to }) => ({ from, to, whole: logPanel(from, to) }));
    const floor = panels.reduce((most, { whole }) => Math.max(most, whole), -Infinity) - negligible;
    return float64.logSumExp(panels.map(({ from, to, whole }) => refined(from, to, whole, floor, 30)));
  };
}
