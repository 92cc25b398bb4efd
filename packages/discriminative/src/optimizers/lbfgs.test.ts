import { key } from "@gen/core";
import { normals64 } from "@gen/core/random";
import { describe, expect, it } from "vitest";
import { minimise, type Evaluation } from "../testing/minimise.js";
import { Lbfgs } from "./lbfgs.js";

/** Rosenbrock's valley in pairs of coordinates, whose minimum is 0 at 1. */
function rosenbrock(x: Float64Array): Evaluation {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i < x.length; i += 2) {
    const [a, b] = [x[i]!, x[i + 1]!];
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    gradient[i] = -400 * a * (b - a * a) - 2 * (1 - a);
    gradient[i + 1] = 200 * (b - a * a);
  }
  return { value, gradient };
}

/** Σ hᵢ (xᵢ - cᵢ)² / 2 + 1e3, so that values drown in rounding near the minimum. */
const bowl =
  (h: Float64Array, c: Float64Array) =>
  (x: Float64Array): Evaluation => ({
    value: 1e3 + x.reduce((sum, value, i) => sum + (h[i]! * (value - c[i]!) ** 2) / 2, 0),
    gradient: x.map((value, i) => h[i]! * (value - c[i]!)),
  });

const near = (found: Float64Array, expected: ArrayLike<number>, tolerance: number): void => {
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance);
  });
};

describe("L-BFGS", () => {
  it("goes down Rosenbrock's valley", () => {
    const start = Float64Array.from({ length: 20 }, (_, i) => (i % 2 ? 1 : -1.2));
    const minimiser = new Lbfgs({ start, memory: 8, tolerance: 1e-10 });
    const { evaluations, progress } = minimise(minimiser, rosenbrock);
    expect(progress).toBe("converged");
    expect(evaluations).toBeLessThan(120);
    near(minimiser.point, new Float64Array(20).fill(1), 1e-9);
  });

  it("never goes up, and its value and slope are those of its point", () => {
    const start = Float64Array.of(-1.2, 1);
    const minimiser = new Lbfgs({ start, memory: 5, tolerance: 1e-8 });
    let last = Infinity;
    for (let i = 0; i < 60; i++) {
      const { value, gradient } = rosenbrock(minimiser.trial);
      if (minimiser.advance(value, gradient) !== "accepted") continue;
      expect(minimiser.value).toBeLessThanOrEqual(last);
      expect(minimiser.value).toBe(rosenbrock(minimiser.point).value);
      expect(minimiser.slope).toBe(Math.max(...rosenbrock(minimiser.point).gradient.map(Math.abs)));
      last = minimiser.value;
    }
    expect(last).toBeLessThan(1e-12);
  });

  it("finds a minimum to the last digits though values tell no more", () => {
    const n = 50;
    const centre = normals64(key(1), n);
    const h = Float64Array.from({ length: n }, (_, i) => 1 + i);
    const minimiser = new Lbfgs({ start: new Float64Array(n), memory: 10, tolerance: 0 });
    const { progress } = minimise(minimiser, bowl(h, centre));
    expect(progress).toBe("converged");
    near(minimiser.point, centre, 1e-7);
  });

  it("does not mind scales that it is told of", () => {
    const n = 40;
    const centre = normals64(key(2), n);
    const h = Float64Array.from({ length: n }, (_, i) => 10 ** (i % 9));
    const told = new Lbfgs({ start: new Float64Array(n), memory: 10, tolerance: 1e-6, diagonal: h });
    const { evaluations } = minimise(told, bowl(h, centre));
    expect(evaluations).toBeLessThan(5);
    near(told.point, centre, 1e-6);
  });

  it("steps back from where the function is not finite", () => {
    const log = (x: Float64Array): Evaluation => ({
      value: x[0]! - Math.log(x[0]!),
      gradient: Float64Array.of(1 - 1 / x[0]!),
    });
    const minimiser = new Lbfgs({ start: Float64Array.of(1e-3), memory: 3, tolerance: 1e-10 });
    expect(minimise(minimiser, log).progress).toBe("converged");
    expect(minimiser.point[0]).toBeCloseTo(1, 9);
    const lost = new Lbfgs({ start: Float64Array.of(-1), memory: 3, tolerance: 1e-10 });
    expect(minimise(lost, log)).toEqual({ evaluations: 1, progress: "diverged" });
  });

  it("goes on from a saved state bit for bit, wherever it was saved", () => {
    const start = Float64Array.from({ length: 6 }, (_, i) => (i % 2 ? 1 : -1.2));
    const options = { start, memory: 4, tolerance: 1e-9 };
    const whole = new Lbfgs(options);
    const states = [whole.state()];
    for (let i = 0; i < 30; i++) {
      const { value, gradient } = rosenbrock(whole.trial);
      whole.advance(value, gradient);
      states.push(whole.state());
    }
    for (const [from, state] of states.entries()) {
      const copy = new Lbfgs({ ...options, start: new Float64Array(6) });
      copy.restore(state);
      for (let i = from; i < 30; i++) {
        const { value, gradient } = rosenbrock(copy.trial);
        copy.advance(value, gradient);
      }
      expect(copy.state()).toEqual(states.at(-1));
    }
  });

  it("stays where it has come to rest, and refuses a state of another size", () => {
    const minimiser = new Lbfgs({ start: Float64Array.of(3), memory: 3, tolerance: 1e-9 });
    const f = bowl(Float64Array.of(2), Float64Array.of(1));
    minimise(minimiser, f);
    const before = minimiser.state();
    const { value, gradient } = f(minimiser.trial);
    expect(minimiser.advance(value, gradient)).toBe("converged");
    expect(minimiser.state()).toEqual(before);
    const other = new Lbfgs({ start: new Float64Array(2), memory: 3, tolerance: 1e-9 });
    expect(() => other.restore(before)).toThrow(/no usable array "point"/);
    expect(() => other.restore(new Map())).toThrow(/no usable array "point"/);
  });
});
