import { key } from "@gen/core";
import { normals64, uniforms64 } from "@gen/core/random";
import { describe, expect, it } from "vitest";
import { near } from "../testing/near.js";
import { anyMixture } from "../testing/mixtures.js";
import { conditional, marginal, regression } from "./conditional.js";
import { logDensities } from "./gaps.js";
import { logSumRows, logWeightedDensities } from "./gaussian.js";
import { covarianceOf, type CovarianceType, type Mixture } from "./mixture.js";

const types: CovarianceType[] = ["full", "tied", "diagonal", "spherical"];
const [k, d] = [3, 4];
const logProb = (mixture: Mixture, x: Float64Array): Float64Array =>
  logSumRows(logWeightedDensities(mixture, x), mixture.components);
const pick = (x: Float64Array, columns: readonly number[]): Float64Array =>
  Float64Array.from(columns, (j) => x[j]!);

describe.each(types)("a mixture with %s covariances", (type) => {
  const mixture = anyMixture(key(1), type, k, d);

  it("is the product of a marginal and what is conditional on it", () => {
    for (const given of [[1], [3, 0], [0, 1, 2]]) {
      const rest = [0, 1, 2, 3].filter((j) => !given.includes(j));
      for (let row = 0; row < 5; row++) {
        const x = normals64(key(2).fold(row), d).map((v) => 2 * v);
        const known = pick(x, given);
        const parts =
          logProb(marginal(mixture, given), known)[0]! +
          logProb(conditional(mixture, given, known), pick(x, rest))[0]!;
        near([parts], logProb(mixture, x), 1e-12);
      }
    }
  });

  it("stays of its type, with weights that sum to 1", () => {
    const part = conditional(mixture, [2], [0.3]);
    expect(part.type).toBe(type);
    expect(part.covariances.length).toBe(marginal(mixture, [0, 1, 3]).covariances.length);
    expect(part.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    expect(conditional(mixture, [], [])).toBe(mixture);
  });

  it("integrates missing values out", () => {
    const x = normals64(key(3), 5 * d);
    const gappy = x.slice();
    for (const i of [1, 6, 7, 8, 9, 10, 11]) gappy[i] = NaN;
    const result = logSumRows(logDensities(mixture, gappy), k);
    const rows = [0, 1, 2, 3, 4].map((row) => x.subarray(row * d, (row + 1) * d));
    const whole = logProb(mixture, x);
    near(
      result,
      [
        logProb(marginal(mixture, [0, 2, 3]), pick(rows[0]!, [0, 2, 3]))[0]!,
        logProb(marginal(mixture, [0, 1]), pick(rows[1]!, [0, 1]))[0]!,
        0,
        whole[3]!,
        whole[4]!,
      ],
      1e-12,
    );
  });
});

it("has the Schur complement for covariance", () => {
  const mixture = anyMixture(key(4), "full", 1, 2);
  const [a, b, , c] = covarianceOf(mixture, 0);
  const { coefficients, covariance } = regression(mixture, 0, [0], [1]);
  near(coefficients, [b! / a!], 1e-14);
  near(covariance, [c! - (b! * b!) / a!], 1e-14);
  const [mean, other] = mixture.means;
  near(conditional(mixture, [0], [2]).means, [other! + (b! / a!) * (2 - mean!)], 1e-14);
});

it("regresses as numerical integration says", () => {
  const mixture = anyMixture(key(5), "full", 2, 2);
  const y = uniforms64(key(6), 1)[0]!;
  const part = conditional(mixture, [1], [y]);
  let [mass, mean] = [0, 0];
  for (let x = -30; x < 30; x += 0.001) {
    const p = Math.exp(logProb(mixture, Float64Array.of(x, y))[0]!);
    mass += p;
    mean += p * x;
  }
  const expected = part.weights.reduce((sum, w, i) => sum + w * part.means[i]!, 0);
  expect(expected).toBeCloseTo(mean / mass, 8);
});

it("says what columns there are", () => {
  const mixture = anyMixture(key(7), "full", 2, 3);
  expect(() => marginal(mixture, [])).toThrow(/no columns/);
  expect(() => marginal(mixture, [3])).toThrow("There is no column 3: the mixture has columns 0 to 2.");
  expect(() => marginal(mixture, [1, 1])).toThrow("Column 1 is named twice.");
  expect(() => conditional(mixture, [0, 1, 2], [1, 2, 3])).toThrow(/^All 3 columns are given/);
  expect(() => conditional(mixture, [0], [1, 2])).toThrow(/^1 columns are given with 2 values/);
});
