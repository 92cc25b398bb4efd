import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectation } from "./em/expectation.js";
import { logSumRows, logWeightedDensities } from "./mixture/gaussian.js";
import { aic, bic } from "./mixture/information.js";
import { maximisation } from "./em/maximisation.js";
import { freeParameters, standard, type CovarianceType, type Mixture } from "./mixture/mixture.js";

type Numbers = number | Numbers[];
interface Fit {
  covarianceType: "full" | "tied" | "diag" | "spherical";
  emSteps: number;
  regCovar: number;
  initMeans: number[][];
  initWeights: number[];
  weights: number[];
  means: number[][];
  covariances: Numbers;
  meanLogLikelihood: number;
  bic: number;
  aic: number;
  parameters: number;
  responsibilities: number[][];
  logProb: number[];
}
interface Oracle {
  X: number[][];
  components: number;
  fits: Fit[];
}

const folder = process.env.GEN_ORACLES ?? join(import.meta.dirname, "../../../test/oracles");
const oracle = JSON.parse(readFileSync(join(folder, "gaussian-mixture.json"), "utf8")) as Oracle;
const flat = (values: Numbers): number[] => [values].flat(Infinity as 1) as number[];
const x = Float64Array.from(oracle.X.flat());
const types = { full: "full", tied: "tied", diag: "diagonal", spherical: "spherical" } as const;

/** EM from the oracle's start (identity covariances) for so many steps. */
function run({ covarianceType, emSteps, regCovar, initMeans, initWeights }: Fit): Mixture {
  const type: CovarianceType = types[covarianceType];
  const [k, d] = [oracle.components, oracle.X[0]!.length];
  let mixture: Mixture = {
    ...standard(type, k, d),
    weights: Float64Array.from(initWeights),
    means: Float64Array.from(initMeans.flat()),
  };
  const floor = new Float64Array(d).fill(regCovar);
  for (let step = 0; step < emSteps; step++) mixture = maximisation(mixture, expectation(mixture, x), floor);
  return mixture;
}

/** 1e-9 relative or 1e-12 absolute. */
function near(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= Math.max(1e-12, 1e-9 * Math.abs(expected[i]!))))
      expect.fail(`entry ${i}: ${actual[i]!} instead of ${expected[i]!}`);
  }
}

describe.each(oracle.fits)("scikit-learn's $covarianceType mixture after $emSteps steps", (fit) => {
  const mixture = run(fit);
  const weighted = logWeightedDensities(mixture, x);
  const logProb = logSumRows(weighted, oracle.components);
  const total = logProb.reduce((a, b) => a + b, 0);

  it("has the same parameters", () => {
    near(mixture.weights, fit.weights);
    near(mixture.means, flat(fit.means));
    near(mixture.covariances, flat(fit.covariances));
    expect(freeParameters(mixture)).toBe(fit.parameters);
  });

  it("has the same densities, responsibilities and criteria", () => {
    near(logProb.subarray(0, fit.logProb.length), fit.logProb);
    near(
      [total / logProb.length, bic(fit.parameters, total, logProb.length), aic(fit.parameters, total)],
      [fit.meanLogLikelihood, fit.bic, fit.aic],
    );
    const shares = weighted
      .map((v, i) => Math.exp(v - logProb[Math.floor(i / oracle.components)]!))
      .subarray(0, fit.responsibilities.length * oracle.components);
    near(shares, fit.responsibilities.flat());
  });
});
