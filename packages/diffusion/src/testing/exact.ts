import { add, mul, softmax, square, sub, sum, tensor, type Tensor } from "@tensorflow/tfjs-core";
import type { Expect } from "../samplers/sampler.js";
import type { Level } from "../schedule.js";

/** A mixture of normal distributions over the line. */
export interface LineMixture {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/**
 * What is exactly expected of data and noise in x [rows, 1] for data of a mixture: in component k,
 * E[x₀ | x] = m + α s² (x - α m) / v and E[ε | x] = σ (x - α m) / v with v = α² s² + σ².
 */
export const expectedOf =
  ({ weights, means, deviations }: LineMixture): Expect =>
  (x, { alpha, sigma }) => {
    const row = (of: (k: number) => number): Tensor =>
      tensor(
        weights.map((_, k) => of(k)),
        [1, weights.length],
      );
    const variance = (k: number): number => (alpha * deviations[k]!) ** 2 + sigma ** 2;
    const away = sub(
      x,
      row((k) => alpha * means[k]!),
    );
    const logs = sub(
      row((k) => Math.log(weights[k]!) - Math.log(variance(k)) / 2),
      mul(
        square(away),
        row((k) => 1 / (2 * variance(k))),
      ),
    );
    const shares = softmax(logs);
    const mixed = (each: Tensor): Tensor => sum(mul(shares, each), 1, true);
    return {
      data: mixed(
        add(
          row((k) => means[k]!),
          mul(
            away,
            row((k) => (alpha * deviations[k]! ** 2) / variance(k)),
          ),
        ),
      ),
      noise: mixed(
        mul(
          away,
          row((k) => sigma / variance(k)),
        ),
      ),
    };
  };

/** One normal distribution. */
export const oneNormal = (mean: number, deviation: number): LineMixture => ({
  weights: [1],
  means: [mean],
  deviations: [deviation],
});

/** The level whose ratio of noise to signal is given. */
export function levelOf(ratio: number): Level {
  const alpha = 1 / Math.sqrt(1 + ratio ** 2);
  return { time: NaN, alpha, sigma: ratio * alpha };
}
