import { key } from "@gen/core";
import { normals64 } from "@gen/core/random";
import { expect, it } from "vitest";
import { minimise, type Evaluation } from "../testing/minimise.js";
import { OwlQn } from "./owl-qn.js";

const n = 30;
const centre = normals64(key(3), n);
const h = Float64Array.from({ length: n }, (_, i) => 1 + (i % 7));
const bowl = (x: Float64Array): Evaluation => ({
  value: x.reduce((sum, value, i) => sum + (h[i]! * (value - centre[i]!) ** 2) / 2, 0),
  gradient: x.map((value, i) => h[i]! * (value - centre[i]!)),
});
const options = { start: new Float64Array(n), memory: 6, tolerance: 1e-11 };

it("soft-thresholds a separable bowl exactly, with exact zeros", () => {
  const absolute = Float64Array.from({ length: n }, (_, i) => (i === 0 ? 0 : 1.5));
  const minimiser = new OwlQn({ ...options, absolute });
  expect(minimise(minimiser, bowl).progress).toBe("converged");
  const expected = centre.map((c, i) => Math.sign(c) * Math.max(0, Math.abs(c) - absolute[i]! / h[i]!));
  minimiser.point.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-10);
    expect(value === 0).toBe(expected[i] === 0);
  });
  expect(expected.filter((value) => value === 0).length).toBeGreaterThan(3);
});

it("is zero everywhere under a penalty above all slopes", () => {
  const minimiser = new OwlQn({ ...options, absolute: new Float64Array(n).fill(1e3) });
  expect(minimise(minimiser, bowl)).toEqual({ evaluations: 1, progress: "converged" });
  expect(minimiser.point).toEqual(new Float64Array(n));
});

it("goes on from a saved state bit for bit", () => {
  const absolute = new Float64Array(n).fill(0.5);
  const whole = new OwlQn({ ...options, absolute });
  const step = (minimiser: OwlQn): void => {
    const { value, gradient } = bowl(minimiser.trial);
    minimiser.advance(value, gradient);
  };
  for (let i = 0; i < 5; i++) step(whole);
  const copy = new OwlQn({ ...options, absolute });
  copy.restore(whole.state());
  for (let i = 0; i < 8; i++) [whole, copy].forEach(step);
  expect(copy.state()).toEqual(whole.state());
});
