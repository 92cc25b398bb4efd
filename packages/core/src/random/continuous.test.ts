import { describe, expect, test } from "vitest";
import { normalQuantile } from "../math/float64/normal-quantile.js";
import { exponentialOfWord, exponentials } from "./exponentials.js";
import { gammas, logGammas } from "./gammas.js";
import { gumbels } from "./gumbels.js";
import { key } from "./key.js";
import { normalOfWord, normalOfWords, normals, normals64 } from "./normals.js";
import { gammaP, kolmogorovGap, largestGap, logGamma, normalCdf, sampleCount } from "./test-statistics.js";
import type { Key } from "./types.js";
import { uniforms, uniforms64 } from "./uniforms.js";
import { vonMises } from "./von-mises.js";

const root = key(20_260_101);
const uniformCdf = (x: number): number => Math.min(Math.max(x, 0), 1);

/** The von Mises distribution function by the trapezoidal rule. */
function vonMisesCdf(concentration: number): (x: number) => number {
  const cells = 200_000;
  const sums = new Float64Array(cells + 1);
  const density = (i: number): number =>
    Math.exp(concentration * (Math.cos(-Math.PI + (2 * Math.PI * i) / cells) - 1));
  for (let i = 1; i <= cells; i++) sums[i] = sums[i - 1]! + 0.5 * (density(i - 1) + density(i));
  return (x) => sums[Math.round(((x + Math.PI) / (2 * Math.PI)) * cells)]! / sums[cells]!;
}

type Sampler = (key: Key, count: number) => Float32Array | Float64Array;
const samplers: readonly (readonly [string, Sampler, (x: number) => number])[] = [
  ["uniforms", uniforms, uniformCdf],
  ["uniforms64", uniforms64, uniformCdf],
  ["normals", normals, normalCdf],
  ["normals64", normals64, normalCdf],
  ["exponentials", exponentials, (x) => 1 - Math.exp(-x)],
  ["gumbels", gumbels, (x) => Math.exp(-Math.exp(-x))],
  ...[0.05, 0.5, 1, 2.5, 30, 1000].map(
    (a) => [`gammas ${a}`, (k: Key, n: number) => gammas(k, a, n), (x: number) => gammaP(a, x)] as const,
  ),
  ["logGammas 0.01", (k, n) => logGammas(k, 0.01, n), (x) => smallLogGammaCdf(0.01, x)],
  ...[0, 1e-3, 0.5, 3, 200].map(
    (c) => [`vonMises ${c}`, (k: Key, n: number) => vonMises(k, c, n), vonMisesCdf(c)] as const,
  ),
  ["vonMises 1e8, scaled", (k, n) => vonMises(k, 1e8, n).map((x) => x * 1e4), normalCdf],
];

/** P(log G <= y), by the first term x^a / Gamma(a + 1) where x = exp(y) underflows. */
const smallLogGammaCdf = (a: number, y: number): number =>
  y < -40 ? Math.exp(a * y - logGamma(a + 1)) : gammaP(a, Math.exp(y));

describe.each(samplers)("%s", (name, sample, cdf) => {
  test("has the distribution function (DKWM: both error rates 1e-6 at a gap of 0.02)", () => {
    expect(kolmogorovGap(sample(root.fold(name), sampleCount), cdf)).toBeLessThan(largestGap);
  });

  test("is stable in its prefix and its own function of the key", () => {
    const long = sample(root.fold(name), 3000);
    expect(sample(root.fold(name), 1100)).toEqual(long.slice(0, 1100));
    expect(sample(root.fold(name), 0)).toHaveLength(0);
    expect(sample(root.fold(`${name}, another`), 10)).not.toEqual(long.slice(0, 10));
  });
});

describe("uniforms", () => {
  test("have 24 and 53 bits, below 1", () => {
    expect(uniforms(root.fold("24"), 5000).every((u) => u < 1 && Number.isInteger(u * 2 ** 24))).toBe(true);
    const fine = uniforms64(root.fold("53"), 5000);
    expect(fine.every((u) => u < 1 && Number.isInteger(u * 2 ** 53))).toBe(true);
    expect(fine.some((u) => u > 0.5 && !Number.isInteger(u * 2 ** 52))).toBe(true);
  });
});

test("exponentials are finite and above 0 at the outermost words, so Gumbel numbers are finite", () => {
  expect(exponentialOfWord(0)).toBeCloseTo(33 * Math.LN2, 12);
  expect(exponentialOfWord(2 ** 32 - 1)).toBeCloseTo(2 ** -33, 19);
  expect(exponentialOfWord(2 ** 32 - 1)).toBeGreaterThan(0);
});

describe("normals", () => {
  test("are the quantile to seven digits", () => {
    for (let i = 0; i < 20_000; i++) {
      const word = Math.floor((i + 0.5) * (2 ** 32 / 20_000));
      const expected = normalQuantile((word + 0.5) * 2 ** -32);
      expect(Math.abs(normalOfWord(word) - expected)).toBeLessThanOrEqual(3e-7 * Math.abs(expected));
    }
  });

  test("reach their tails, odd around the middle", () => {
    for (const word of [0, 1, 5, 1000, 2 ** 20, 2 ** 29]) {
      const expected = normalQuantile((word + 0.5) * 2 ** -32);
      expect(normalOfWord(word)).toBeCloseTo(expected, 5);
      expect(normalOfWord(2 ** 32 - 1 - word)).toBe(-normalOfWord(word));
    }
    expect(normalOfWord(0)).toBeLessThan(-6.3);
    expect(normalOfWords(0, 0)).toBeCloseTo(normalQuantile(2 ** -54), 12);
    expect(normalOfWords(2 ** 31, 0)).toBe(-normalOfWords(0, 0));
    expect(normalOfWords(0x7fffffff, 0xffffffff)).toBeCloseTo(0, 15);
  });

  test.each([
    ["normals", normals],
    ["normals64", normals64],
  ] as const)("%s has the tails' masses", (name, sample) => {
    const count = 2 ** 20;
    const numbers = sample(root.fold(`tails of ${name}`), count);
    for (const bound of [2, 3, 3.5, 4]) {
      for (const sign of [-1, 1]) {
        const expected = count * normalCdf(-bound);
        const observed = Array.from(numbers).filter((z) => sign * z > bound).length;
        // Bernstein's inequality at 1e-6 on either side.
        const slack = Math.sqrt(2 * expected * Math.log(2e6)) + Math.log(2e6);
        expect(Math.abs(observed - expected)).toBeLessThan(slack);
      }
    }
  });
});

describe("parameters of each element", () => {
  test("an element depends on its own parameter only", () => {
    const one = gammas(root.fold("own"), Float64Array.of(0.3, 2, 50, 1, 7), 5);
    const other = gammas(root.fold("own"), Float64Array.of(9, 2, 0.01, 1, 3), 5);
    expect([other[1], other[3]]).toEqual([one[1], one[3]]);
    expect(gammas(root.fold("own"), 2, 5)[1]).toBe(one[1]);
    const angles = vonMises(root.fold("own"), Float64Array.of(0, 2, 50), 3);
    expect(vonMises(root.fold("own"), 2, 3)[1]).toBe(angles[1]);
  });

  test("logGammas stay finite where gammas underflow", () => {
    const logs = logGammas(root.fold("small"), 1e-6, 100);
    expect(logs.every((y) => Number.isFinite(y))).toBe(true);
    expect(gammas(root.fold("small"), 1e-6, 100)).toEqual(logs.map(Math.exp));
  });

  test.each([0, -1, NaN, Infinity])("a concentration of %s is refused", (value) => {
    expect(() => gammas(root.fold("bad"), value, 3)).toThrow(`concentration must be above 0 and at most`);
    expect(() => gammas(root.fold("bad"), Float64Array.of(1, value), 2)).toThrow("element 1");
  });

  test("a wrong length is refused, and a bad von Mises concentration", () => {
    expect(() => gammas(root.fold("bad"), Float64Array.of(1, 2), 3)).toThrow("2 elements, but 3");
    expect(() => vonMises(root.fold("bad"), -1, 3)).toThrow("at least 0");
    expect(() => vonMises(root.fold("bad"), NaN, 3)).toThrow("at least 0");
  });

  test("angles stay in (-pi, pi) and follow extreme concentrations", () => {
    expect(vonMises(root.fold("wide"), 0, 5000).every((x) => Math.abs(x) < Math.PI)).toBe(true);
    const narrow = vonMises(root.fold("narrow"), 1e150, 5000);
    expect(narrow.every((x) => Number.isFinite(x))).toBe(true);
    expect(
      kolmogorovGap(
        narrow.map((x) => x * 1e75),
        normalCdf,
      ),
    ).toBeLessThan(0.04);
  });
});
