import { key } from "@gen/core";
import { expect, it } from "vitest";
import { expectation } from "../em/expectation.js";
import { maximisation } from "../em/maximisation.js";
import { logLikelihoodOf } from "../mixture/gaussian.js";
import { standard, type CovarianceType, type Mixture } from "../mixture/mixture.js";
import { blobs } from "../testing/data.js";

const [k, d] = [3, 2];
const x = blobs(key(3), 300, d);

function optimum(type: CovarianceType): Mixture {
  let mixture: Mixture = { ...standard(type, k, d), means: x.slice(0, k * d) };
  for (let sweep = 0; sweep < 3000; sweep++)
    mixture = maximisation(mixture, expectation(mixture, x), new Float64Array(d));
  return mixture;
}

it.each(["full", "tied", "diagonal", "spherical"] as const)(
  "where EM with %s covariances ends, no gradient of the likelihood is left",
  (type) => {
    const mixture = optimum(type);
    const slope = (change: (step: number) => Mixture): number => {
      const step = 1e-5;
      return (logLikelihoodOf(change(step), x) - logLikelihoodOf(change(-step), x)) / (2 * step);
    };
    mixture.means.forEach((mean, i) => {
      const moved = (step: number): Mixture => ({
        ...mixture,
        means: mixture.means.map((value, j) => (j === i ? mean + step : value)),
      });
      expect(Math.abs(slope(moved))).toBeLessThan(1e-4);
    });
    // Along the weights' simplex.
    const shifted = (step: number): Mixture => ({
      ...mixture,
      weights: Float64Array.of(mixture.weights[0]! + step, mixture.weights[1]! - step, mixture.weights[2]!),
    });
    expect(Math.abs(slope(shifted))).toBeLessThan(1e-3);
    // A larger or smaller covariance of all is no better.
    const scaled = (step: number): Mixture => ({
      ...mixture,
      covariances: mixture.covariances.map((value) => value * (1 + step)),
    });
    expect(Math.abs(slope(scaled))).toBeLessThan(1e-4);
  },
);

it("the order of components does not matter", () => {
  const mixture = optimum("full");
  const order = [2, 0, 1];
  const permuted = (values: Float64Array): Float64Array => {
    const size = values.length / k;
    return Float64Array.from(values, (_, i) => values[order[Math.floor(i / size)]! * size + (i % size)]!);
  };
  const { weights, means, covariances } = mixture;
  const other = {
    ...mixture,
    weights: permuted(weights),
    means: permuted(means),
    covariances: permuted(covariances),
  };
  expect(logLikelihoodOf(other, x)).toBeCloseTo(logLikelihoodOf(mixture, x), 9);
});
