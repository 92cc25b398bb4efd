import { expect } from "vitest";
import { dispose, grads, memory, mul, scalar, sum, tidy } from "../../backend/engine.js";
import { key } from "../../random/index.js";
import { agrees } from "./oracle-check.js";
import {
  leavesOnlyResult,
  meanWithError,
  namesOf,
  read,
  SAMPLES,
  vector,
  withParameters,
} from "./property-case.js";
import type { AnyDistribution, PropertyCase } from "./property-case.js";

/** The largest gap between the samples' empirical distribution function and `cdf`. */
export function kolmogorovSmirnovGap(sorted: readonly number[], cdf: readonly number[]): number {
  const count = sorted.length;
  return cdf.reduce((gap, p, i) => Math.max(gap, (i + 1) / count - p, p - i / count), 0);
}

/** The samples follow `cdf`. */
export function samplesFollowCdf(distribution: AnyDistribution): void {
  const sorted = read(distribution.sample(key(11), [SAMPLES])).sort((a, b) => a - b);
  const x = vector(sorted);
  const cdf = read(distribution.cdf!(x));
  dispose(x);
  expect(kolmogorovSmirnovGap(sorted, cdf)).toBeLessThan(0.02);
}

/** Pearson's χ² of the samples against exp(logProb) on `values`, below its bound with error rate 1e-6. */
export function samplesFollowProbabilities(distribution: AnyDistribution, values: readonly number[]): void {
  const x = vector(values);
  const probabilities = read(distribution.logProb(x)).map(Math.exp);
  dispose(x);
  const counts = new Map<number, number>();
  for (const value of read(distribution.sample(key(12), [SAMPLES])))
    counts.set(value, (counts.get(value) ?? 0) + 1);
  // Values whose expected count is below 10, and those not listed, make one cell together.
  const cells = [{ observed: SAMPLES, expected: SAMPLES }];
  values.forEach((value, i) => {
    const [observed, expected] = [counts.get(value) ?? 0, SAMPLES * probabilities[i]!];
    if (expected < 10) return;
    cells.push({ observed, expected });
    cells[0]!.observed -= observed;
    cells[0]!.expected -= expected;
  });
  const used = cells.filter((cell) => cell.expected >= 10);
  expect(used.length).toBeGreaterThan(1);
  const statistic = used.reduce(
    (total, cell) => total + (cell.observed - cell.expected) ** 2 / cell.expected,
    0,
  );
  // Wilson and Hilferty's approximation of the quantile at 1 - 1e-6.
  const freedom = used.length - 1;
  const cube = 1 - 2 / (9 * freedom) + 4.753 * Math.sqrt(2 / (9 * freedom));
  expect(statistic).toBeLessThan(freedom * cube ** 3);
  if (cells[0]!.expected < 1e-3) expect(cells[0]!.observed).toBeLessThan(10);
}

/** More samples begin with fewer, and one key gives one sample. */
export function samplesArePrefixStable(distribution: AnyDistribution): void {
  const few = read(distribution.sample(key(3), [4]));
  const many = read(distribution.sample(key(3), [10]));
  expect(many.slice(0, few.length)).toEqual(few);
  expect(read(distribution.sample(key(4), [4]))).not.toEqual(few);
}

/** A key that was drawn from is spent. */
export function samplesSpendTheirKey(distribution: AnyDistribution): void {
  const used = key(6);
  dispose(distribution.sample(used, [2]));
  expect(() => distribution.sample(used, [2])).toThrow();
}

/** entropy() is -E log p. */
export function entropyIsExpectedSurprise(distribution: AnyDistribution): void {
  const x = distribution.sample(key(13), [SAMPLES]);
  const { mean, error } = meanWithError(read(distribution.logProb(x)));
  dispose(x);
  const [entropy] = read(distribution.entropy!());
  expect(Math.abs(entropy! + mean)).toBeLessThanOrEqual(5 * error + 1e-5 * Math.max(1, Math.abs(mean)));
}

/** mean() is the samples' mean. */
export function meanIsExpected(distribution: AnyDistribution): void {
  const [expected] = read(distribution.mean!());
  const { mean, error } = meanWithError(read(distribution.sample(key(14), [SAMPLES])));
  expect(Math.abs(expected! - mean)).toBeLessThan(5 * error);
}

/** E ∂/∂θ log p(x | θ) = 0, parameter by parameter. */
export function scoresHaveMeanZero<Name extends string>(one: PropertyCase<Name>): void {
  const count = 20_000;
  const x = one.create(one.parameters).sample(key(15), [count]);
  for (const name of one.scored ?? one.differentiable ?? namesOf(one)) {
    const theta = vector(new Array<number>(count).fill(one.parameters[name]));
    const [gradient] = grads((value) =>
      one.create(withParameters(one, { [name]: value } as Partial<Record<Name, typeof value>>)).logProb(x),
    )([theta]);
    const { mean, error } = meanWithError(read(gradient!));
    expect(Math.abs(mean), `score of ${name}`).toBeLessThanOrEqual(5 * error + 1e-6);
    dispose(theta);
  }
  dispose(x);
}

/** The gradient of a reparameterised sample is its derivative with the key held. */
export function sampleGradientsAreDerivatives<Name extends string>(one: PropertyCase<Name>): void {
  const weights = [0.5, -1, 2, 1.5, -0.7];
  for (const name of one.pathwise ?? []) {
    const total = (value: Parameters<typeof one.create>[0][Name]) =>
      tidy(() => {
        const changed = withParameters(one, { [name]: value } as Partial<Record<Name, typeof value>>);
        return sum(mul(one.create(changed).sample(key(16), [weights.length]), vector(weights)));
      });
    const at = one.parameters[name];
    const theta = scalar(at);
    const [gradient] = grads((value) => total(value))([theta]);
    const step = 1e-2 * Math.max(0.1, Math.abs(at));
    const [above] = read(total(at + step));
    const [below] = read(total(at - step));
    const expected = (above! - below!) / (2 * step);
    const [actual] = read(gradient!);
    expect(agrees(actual!, expected, 5e-3), `${name}: ${actual!}, expected ${expected}`).toBe(true);
    dispose(theta);
  }
}

/** Every method leaves its result and nothing else, and nothing when it throws. */
export function nothingLeaks(
  distribution: AnyDistribution,
  batched: AnyDistribution,
  x: readonly number[],
): void {
  const at = vector(x);
  const p = vector([0.2, 0.5]);
  const methods = [
    () => distribution.sample(key(1), [3]),
    () => distribution.logProb(at),
    ...(distribution.cdf ? [() => distribution.cdf!(at)] : []),
    ...(distribution.quantile ? [() => distribution.quantile!(p)] : []),
    ...(distribution.mean ? [() => distribution.mean!()] : []),
    ...(distribution.variance ? [() => distribution.variance!()] : []),
    ...(distribution.mode ? [() => distribution.mode!()] : []),
    ...(distribution.entropy ? [() => distribution.entropy!()] : []),
  ];
  for (const method of methods) dispose(leavesOnlyResult(method));

  const wrong = vector([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
  const before = memory().numTensors;
  expect(() => batched.logProb(wrong)).toThrow();
  if (batched.cdf) expect(() => batched.cdf!(wrong)).toThrow();
  expect(memory().numTensors).toBe(before);
  dispose([at, p, wrong]);
}
