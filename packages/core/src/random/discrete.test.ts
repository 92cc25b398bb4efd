import { describe, expect, test } from "vitest";
import { binomials } from "./binomials.js";
import { bits } from "./bits.js";
import { bounded } from "./bounded.js";
import { key } from "./key.js";
import { permutation } from "./permutation.js";
import { poissons } from "./poissons.js";
import { randints } from "./randints.js";
import { chiSquare, kolmogorovGap, largestGap, logGamma, normalCdf, sampleCount } from "./test-statistics.js";
import { block } from "./threefry.js";
import type { Key } from "./types.js";

const root = key(20_260_102);
const poisson = (rate: number) => (k: number) => Math.exp(k * Math.log(rate) - rate - logGamma(k + 1));
const binomial = (n: number, p: number) => (k: number) =>
  k > n
    ? 0
    : Math.exp(
        logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p),
      );

type Sampler = (key: Key, count: number) => Int32Array | Float64Array;
const samplers: readonly (readonly [string, Sampler, (k: number) => number, number])[] = [
  ...[2, 3, 10, 1000].map(
    (n) => [`randints ${n}`, (k: Key, count: number) => randints(k, count, n), () => 1 / n, n] as const,
  ),
  ...[0.1, 1, 9.9, 10, 25.5, 300].map(
    (rate) =>
      [
        `poissons ${rate}`,
        (k: Key, n: number) => poissons(k, rate, n),
        poisson(rate),
        Math.ceil(rate * 2 + 12),
      ] as const,
  ),
  ...(
    [
      [1, 0.3],
      [5, 0.99],
      [20, 0.5],
      [30, 0.4],
      [100, 0.05],
      [1000, 0.3],
      [777, 0.9],
    ] as const
  ).map(
    ([n, p]) =>
      [
        `binomials ${n} ${p}`,
        (k: Key, count: number) => binomials(k, n, p, count),
        binomial(n, p),
        n + 1,
      ] as const,
  ),
];

describe.each(samplers)("%s", (name, sample, mass, cells) => {
  test("has the probabilities (chi-square at 1e-6)", () => {
    expect(chiSquare(sample(root.fold(name), sampleCount), mass, cells)).toBeGreaterThan(1e-6);
  });

  test("is stable in its prefix", () => {
    const long = sample(root.fold(name), 2000);
    expect(sample(root.fold(name), 700)).toEqual(long.slice(0, 700));
    expect(long.every((k) => Number.isInteger(k) && k >= 0)).toBe(true);
  });
});

describe("large parameters", () => {
  test("poissons near a normal distribution at 1e12", () => {
    const numbers = poissons(root.fold("poisson"), 1e12, sampleCount).map((k) => (k - 1e12) / 1e6);
    expect(kolmogorovGap(numbers, normalCdf)).toBeLessThan(largestGap);
  });

  test("binomials near a normal distribution at 1e12", () => {
    const numbers = binomials(root.fold("binomial"), 1e12, 0.8, sampleCount).map((k) => (k - 8e11) / 4e5);
    expect(kolmogorovGap(numbers, normalCdf)).toBeLessThan(largestGap);
  });
});

describe("randints", () => {
  test("refuse the words that would make a bias", () => {
    // 2^32 = 2 * 2147483646 + 4: the last four words are refused, and drawn anew with a counter of their own.
    const below = 2 ** 31 - 2;
    expect(bounded([1, 2], 5, 2 ** 32 - 5, below)).toBe(below - 1);
    const [word0, word1] = block(1, 2, 1, 5);
    expect(bounded([1, 2], 5, 2 ** 32 - 4, below)).toBe(((word0 ^ word1) >>> 0) % below);
  });

  test("element by element, with many refusals", () => {
    const below = 2 ** 30 + 2 ** 29;
    const numbers = randints(root.fold("refusals"), sampleCount, below);
    expect(kolmogorovGap(numbers, (x) => (x + 1) / below)).toBeLessThan(largestGap);
    const words = bits(root.fold("refusals"), sampleCount);
    expect(numbers.every((x, i) => words[i]! >= 2 * below || x === words[i]! % below)).toBe(true);
    expect(words.some((word) => word >= 2 * below)).toBe(true);
  });

  test.each([0, -1, 1.5, 2 ** 31 + 1, NaN])("refuse a bound of %s", (below) => {
    expect(() => randints(root.fold("bad"), 3, below)).toThrow("from 1 to 2147483648");
  });

  test("take the bounds 1 and 2^31", () => {
    expect([...randints(root.fold("one"), 3, 1)]).toEqual([0, 0, 0]);
    expect(randints(root.fold("most"), 1000, 2 ** 31).every((x) => x >= 0)).toBe(true);
  });
});

describe("permutation", () => {
  test("holds each number once", () => {
    expect([...permutation(root.fold("all"), 5000)].sort((a, b) => a - b)).toEqual([...Array(5000).keys()]);
    expect(permutation(root.fold("none"), 0)).toHaveLength(0);
    expect(permutation(root.fold("all"), 50)).toEqual(permutation(root.fold("all"), 50));
  });

  test("each order of four is as likely (chi-square at 1e-6)", () => {
    const orders = new Map<string, number>();
    const numbers = Array.from({ length: 30_000 }, (_, i) => {
      const order = permutation(root.fold("orders").fold(i), 4).join();
      if (!orders.has(order)) orders.set(order, orders.size);
      return orders.get(order)!;
    });
    expect(orders.size).toBe(24);
    expect(chiSquare(numbers, () => 1 / 24, 24)).toBeGreaterThan(1e-6);
  });
});

describe("counts", () => {
  test("certain outcomes", () => {
    expect([...poissons(root.fold("zero"), 0, 3)]).toEqual([0, 0, 0]);
    expect([...binomials(root.fold("certain"), 50, Float64Array.of(0, 1), 2)]).toEqual([0, 50]);
    expect([...binomials(root.fold("none"), 0, 0.5, 2)]).toEqual([0, 0]);
  });

  test("an element depends on its own parameters only", () => {
    const one = poissons(root.fold("own"), Float64Array.of(500, 3, 70), 3);
    expect(poissons(root.fold("own"), Float64Array.of(1, 3, 70), 3).subarray(1)).toEqual(one.subarray(1));
    const two = binomials(root.fold("own"), Float64Array.of(500, 30, 70), 0.4, 3);
    expect(binomials(root.fold("own"), Float64Array.of(2, 30, 70), 0.4, 3).subarray(1)).toEqual(
      two.subarray(1),
    );
  });

  test("bad parameters are refused", () => {
    expect(() => poissons(root.fold("bad"), -1, 1)).toThrow("rate must be at least 0");
    expect(() => poissons(root.fold("bad"), Infinity, 1)).toThrow("rate must be at least 0");
    expect(() => binomials(root.fold("bad"), 2.5, 0.5, 1)).toThrow("must be an integer");
    expect(() => binomials(root.fold("bad"), 2, 1.5, 1)).toThrow("probability must be");
  });
});
