import { key } from "@gen/core";
import { describe, expect, it } from "vitest";
import { expectation } from "../em/expectation.js";
import type { CovarianceType, Mixture } from "../mixture/mixture.js";
import { standard } from "../mixture/mixture.js";
import { startFromRows } from "../starts/start.js";
import { blobs } from "../testing/data.js";
import { near } from "../testing/near.js";
import { maximisation } from "../em/maximisation.js";
import { variational } from "./learner.js";
import { priorAround, type WeightPrior } from "./prior.js";
import { wishartDivergence } from "./wishart.js";
import { weightPosterior } from "./weights.js";

const types: CovarianceType[] = ["full", "tied", "diagonal", "spherical"];
const [columns, components] = [2, 8];
const blob = blobs(key(3), 600, columns, 3);

function learn(x: Float64Array, type: CovarianceType, weights: WeightPrior, sweeps: number) {
  const about = { ...standard(type, 1, columns), means: x.slice(0, columns) };
  const none = new Float64Array(columns);
  const data = maximisation(about, expectation(about, x), none);
  const prior = priorAround(data, { weights, concentration: 0.01 });
  const learner = variational(() => prior);
  const scale = new Float64Array(columns).fill(1);
  const start = startFromRows(x, { kind: "k-means", type, components, columns, scale, key: key(4) });
  let learned: Mixture = learner.update(0, start.about, start.moments);
  const bounds: number[] = [];
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const expected = learner.expected(0, learned);
    const moments = expectation(expected, x);
    bounds.push(moments.logLikelihood - learner.penalty(0, learned));
    learned = learner.update(0, expected, moments);
  }
  return { bounds, mixture: learner.estimate(0, learned) };
}

describe.each(["dirichlet", "dirichlet-process"] satisfies WeightPrior[])("under a %s prior", (weights) => {
  describe.each(types)("with %s covariances", (type) => {
    it("the bound never falls", () => {
      const { bounds } = learn(blob, type, weights, 60);
      bounds
        .slice(1)
        .forEach((bound, i) => expect(bound).toBeGreaterThanOrEqual(bounds[i]! - 1e-9 * Math.abs(bound)));
      expect(bounds.at(-1)!).toBeGreaterThan(bounds[0]! + 1);
    });

    it("bound and shapes do not depend on where the data lie", () => {
      const here = learn(blob, type, weights, 15);
      const there = learn(
        blob.map((value) => value + 1000),
        type,
        weights,
        15,
      );
      near(there.bounds, here.bounds, 1e-7);
      near(there.mixture.covariances, here.mixture.covariances, 1e-6);
      near(there.mixture.weights, here.mixture.weights, 1e-6);
    });
  });

  it("components that are not needed lose their weight", () => {
    const { mixture } = learn(blob, "full", weights, 400);
    const large = mixture.weights.filter((weight) => weight > 0.02);
    expect(large).toHaveLength(3);
    expect(mixture.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    for (const weight of mixture.weights) if (weight <= 0.02) expect(weight).toBeLessThan(2e-3);
  });
});

it("nearly all of the evidence of one component is in the bound", () => {
  // With one component the posterior is exact, and so the bound is log p(x): here by the chain of predictive
  // Student distributions of a normal-gamma prior (Conjugate Bayesian analysis of the Gaussian distribution, Murphy).
  const x = Float64Array.of(0.3, -1.2, 2.2, 0.9);
  const prior = {
    weights: "dirichlet",
    concentration: 1,
    mean: Float64Array.of(0.5),
    strength: 2,
    degrees: 3,
    scatter: Float64Array.of(1.7),
  } as const;
  const learner = variational(() => prior);
  const about = standard("full", 1, 1);
  const learned = learner.update(0, about, expectation(about, x));
  const bound = expectation(learner.expected(0, learned), x).logLikelihood - learner.penalty(0, learned);
  let evidence = 0;
  let [m, strength, degrees, scatter] = [0.5, 2, 3, 1.7];
  for (const value of x) {
    const square = (scatter * (strength + 1)) / (strength * degrees);
    evidence +=
      logGamma((degrees + 1) / 2) -
      logGamma(degrees / 2) -
      Math.log(degrees * Math.PI * square) / 2 -
      ((degrees + 1) / 2) * Math.log1p((value - m) ** 2 / (degrees * square));
    scatter += (strength / (strength + 1)) * (value - m) ** 2;
    m = (strength * m + value) / (strength + 1);
    strength++;
    degrees++;
  }
  expect(bound).toBeCloseTo(evidence, 10);
});

it("divergences are 0 of a prior from itself, and positive else", () => {
  const p = { degrees: 4, scatter: Float64Array.of(2, 0.5, 0.5, 1) };
  expect(wishartDivergence(p, p, 2)).toBeCloseTo(0, 13);
  expect(wishartDivergence({ ...p, degrees: 6 }, p, 2)).toBeGreaterThan(0.01);
  for (const weights of ["dirichlet", "dirichlet-process"] as const) {
    const prior = { ...priorAround(standard("full", 1, 1), { weights, concentration: 0.7 }) };
    expect(weightPosterior(prior, new Float64Array(4)).divergence).toBeCloseTo(0, 12);
    expect(weightPosterior(prior, Float64Array.of(9, 1, 0, 3)).divergence).toBeGreaterThan(0.1);
  }
});

/** Γ of halves by recurrence, independent of core's. */
function logGamma(a: number): number {
  if (a === 0.5) return Math.log(Math.PI) / 2;
  if (a === 1) return 0;
  return Math.log(a - 1) + logGamma(a - 1);
}
