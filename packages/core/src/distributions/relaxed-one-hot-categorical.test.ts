import { expect, it } from "vitest";
import { dispose, gather, makeTensor, mean, slice, sum, tidy } from "../backend/engine.js";
import { key } from "../random/index.js";
import { RelaxedOneHotCategorical, relaxedOneHotCategorical64 } from "./relaxed-one-hot-categorical.js";
import { read, vector } from "./testing/property-case.js";
import { samplesOf, vectorProperties } from "./testing/vector-properties.js";

vectorProperties({
  name: "RelaxedOneHotCategorical",
  parameters: [0.7, 0.5, 1.2, 0.3],
  create: (p) =>
    new RelaxedOneHotCategorical({ temperature: tidy(() => gather(p, 0)), logits: slice(p, 1, 3) }),
  float64: (p) => relaxedOneHotCategorical64({ temperature: p[0]!, logits: p.slice(1) }),
  inside: [
    [0.2, 0.3, 0.5],
    [0.05, 0.05, 0.9],
  ],
  outside: [
    [0.2, 0.3, 0.6],
    [0, 0.5, 0.5],
    [-0.1, 0.6, 0.5],
    [NaN, 0.5, 0.5],
  ],
  pathwise: true,
});

it("RelaxedOneHotCategorical integrates to one over the triangle", () => {
  const logits = vector([0.5, 1.2, 0.3]);
  const one = new RelaxedOneHotCategorical({ temperature: 1.6, logits });
  const count = 300;
  const points: number[][] = [];
  for (let i = 0; i < count; i++) {
    for (let j = 0; i + j < count; j++) {
      // The middles of the grid's upward and downward triangles.
      for (const shift of i + j < count - 1 ? [1 / 3, 2 / 3] : [1 / 3]) {
        const [a, b] = [(i + shift) / count, (j + shift) / count];
        points.push([a, b, 1 - a - b]);
      }
    }
  }
  const x = makeTensor(points);
  const total = read(one.logProb(x)).reduce((sum, value) => sum + Math.exp(value), 0) / (2 * count * count);
  expect(Math.abs(total - 1)).toBeLessThan(5e-3);
  dispose([logits, x]);
});

it("RelaxedOneHotCategorical's largest part is the category, at every temperature", () => {
  const logits = vector([0.5, 1.2, 0.3]);
  for (const temperature of [0.01, 1, 20]) {
    const one = new RelaxedOneHotCategorical({ temperature, logits });
    const samples = samplesOf(one, 20_000);
    const share = samples.filter((x) => x[1]! > x[0]! && x[1]! > x[2]!).length / samples.length;
    const expected = Math.exp(1.2) / (Math.exp(0.5) + Math.exp(1.2) + Math.exp(0.3));
    expect(Math.abs(share - expected)).toBeLessThan(0.02);
    const x = one.sample(key(8), [1000]);
    expect(read(one.logProb(x)).every(Number.isFinite)).toBe(true);
    expect(Math.abs(read(tidy(() => mean(sum(x, -1))))[0]! - 1)).toBeLessThan(1e-5);
    dispose(x);
  }
  expect(() => new RelaxedOneHotCategorical({ temperature: 0, logits })).toThrow(/temperature/);
  dispose(logits);
});
