import { expect, it } from "vitest";
import { dispose, makeTensor } from "../backend/engine.js";
import { Multinomial, multinomial64 } from "./multinomial.js";
import { close } from "./testing/extremes.js";
import { read, SAMPLES, vector } from "./testing/property-case.js";
import { samplesOf, vectorProperties } from "./testing/vector-properties.js";

for (const name of ["probs", "logits"] as const) {
  vectorProperties({
    name: `Multinomial of ${name}`,
    parameters: [0.5, 1.2, 0.3],
    create: (parameters) =>
      new Multinomial({ totalCount: 5, [name]: parameters } as {
        totalCount: number;
        probs: typeof parameters;
      }),
    float64: (parameters) =>
      multinomial64({ totalCount: 5, [name]: parameters } as {
        totalCount: number;
        probs: typeof parameters;
      }),
    inside: [
      [5, 0, 0],
      [1, 3, 1],
      [0, 2, 3],
    ],
    outside: [
      [1, 1, 1],
      [6, -1, 0],
      [2.5, 2.5, 0],
      [NaN, 2, 3],
    ],
  });
}

it("Multinomial sums to one and its samples follow it", () => {
  const probs = vector([0.2, 0.5, 0.3]);
  const one = new Multinomial({ totalCount: 5, probs });
  const all = [0, 1, 2, 3, 4, 5].flatMap((a) => Array.from({ length: 6 - a }, (_, b) => [a, b, 5 - a - b]));
  const x = makeTensor(all);
  const probabilities = read(one.logProb(x)).map(Math.exp);
  expect(Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-5);
  const counts = new Map<string, number>();
  for (const sample of samplesOf(one, SAMPLES))
    counts.set(sample.join(), (counts.get(sample.join()) ?? 0) + 1);
  const statistic = all.reduce((sum, value, i) => {
    const expected = SAMPLES * probabilities[i]!;
    return sum + ((counts.get(value.join()) ?? 0) - expected) ** 2 / expected;
  }, 0);
  // The χ² quantile of 20 degrees of freedom at 1 - 1e-6.
  expect(statistic).toBeLessThan(65.5);
  dispose([probs, x]);
});

it("Multinomial gives an impossible category no count and no NaN", () => {
  const probs = vector([0, 1, 3]);
  const x = makeTensor([
    [0, 1, 1],
    [1, 1, 0],
  ]);
  const one = new Multinomial({ totalCount: 2, probs });
  expect(close(read(one.logProb(x)), [Math.log(2 * 0.25 * 0.75), -Infinity])).toBe(true);
  expect(() => new Multinomial({ totalCount: 2.5, probs })).toThrow(/totalCount/);
  dispose([probs, x]);
});
