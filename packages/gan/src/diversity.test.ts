import { key } from "@gen/core";
import { normals, randints } from "@gen/core/random";
import { describe, expect, it } from "vitest";
import { diversity } from "./diversity.js";
import { modeCollapse } from "./mode-collapse.js";

const rows = 128;
const width = 8;

/** Rows around some of ten centres. */
function clusters(seed: number, centres: readonly number[], noise = 0.5): Float32Array {
  const places = normals(key(3).fold("centres"), 10 * width);
  const chosen = randints(key(seed).fold("chosen"), rows, centres.length);
  return normals(key(seed).fold("noise"), rows * width).map(
    (e, i) => 3 * places[centres[chosen[Math.floor(i / width)]!]! * width + (i % width)]! + noise * e,
  );
}
const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const data = clusters(1, all);
const seeds = Array.from({ length: 20 }, (_, i) => i + 2);

it("is told of rows that can be counted", () => {
  // On a line: data 0 … 31, whose fifth neighbours are 3 away inside and 5 at the ends.
  const line = Float32Array.from({ length: 32 }, (_, i) => i);
  const one = diversity(line, new Float32Array(32).fill(10), 32);
  expect(one.precision).toBe(1);
  expect(one.coverage).toBe(7 / 32);
  expect(one.spread).toBe(0);
  const far = diversity(line, new Float32Array(32).fill(50), 32);
  expect(far).toEqual({ precision: 0, coverage: 0, spread: 0 });
  const twice = diversity(
    line,
    line.map((x) => 2 * x),
    32,
  );
  expect(twice.spread).toBeCloseTo(2, 6);
});

describe("mode collapse", () => {
  const told = (samples: Float32Array): boolean => modeCollapse(diversity(data, samples, rows)) !== undefined;

  it("is not told of samples from the data's own distribution", () => {
    for (const seed of seeds) {
      const found = diversity(data, clusters(seed, all), rows);
      expect(found.coverage).toBeGreaterThan(0.85);
      expect(found.spread).toBeCloseTo(1, 0);
      expect(modeCollapse(found)).toBeUndefined();
    }
  });

  it("is told of samples that reach four of ten clusters", () => {
    for (const seed of seeds) expect(told(clusters(seed, [0, 3, 5, 8]))).toBe(true);
    expect(modeCollapse(diversity(data, clusters(2, [1, 2]), rows))!.remedy).toMatch(
      /^\d+ % of the samples are like the data, but they reach only \d+ % of the data: use/,
    );
  });

  it("is told of samples that are all the same, wherever they lie", () => {
    for (const seed of seeds) {
      expect(told(clusters(seed, [4], 0.01))).toBe(true);
      expect(told(clusters(seed, [4], 0.01).map((x) => x + 100))).toBe(true);
    }
    const same = modeCollapse(diversity(data, new Float32Array(rows * width).fill(9), rows));
    expect(same!.remedy).toMatch(/^The samples differ from each other only 0 % as much/);
  });

  it("is not told of samples that are merely bad: blurred, noisy, or of nearly all clusters", () => {
    for (const seed of seeds) {
      expect(told(clusters(seed, all, 2))).toBe(false);
      expect(told(normals(key(seed), rows * width).map((x) => 3 * x))).toBe(false);
      expect(told(clusters(seed, all.slice(0, 8)))).toBe(false);
    }
  });

  it("is not told of data that are all the same themselves", () => {
    const constant = new Float32Array(rows * width);
    expect(modeCollapse(diversity(constant, constant, rows))).toBeUndefined();
  });
});
