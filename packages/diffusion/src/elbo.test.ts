import { key, Normal } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normal, normals64 } from "@gen/core/random";
import { memory, reshape, sum, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { elbo, type BoundParts } from "./elbo.js";
import { levelAt, posterior, schedule, type Level, type Schedule } from "./schedule.js";
import { mixed } from "./targets.js";
import type { LineMixture } from "./testing/exact.js";

beforeAll(() => useBackend("cpu"));

/** E[x₀ | x] for data of a mixture. */
function expectedData(
  { weights, means, deviations }: LineMixture,
  x: number,
  { alpha, sigma }: Level,
): number {
  const parts = weights.map((weight, k) => {
    const variance = (alpha * deviations[k]!) ** 2 + sigma ** 2;
    const away = x - alpha * means[k]!;
    const log = Math.log(weight) - Math.log(variance) / 2 - away ** 2 / (2 * variance);
    return { log, data: means[k]! + (alpha * deviations[k]! ** 2 * away) / variance };
  });
  const largest = Math.max(...parts.map(({ log }) => log));
  const shares = parts.map(({ log }) => Math.exp(log - largest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return parts.reduce((sum, { data }, k) => sum + (data * shares[k]!) / total, 0);
}

/** A bound by the mixture's exact denoiser; what it expects is shrunk by a factor to spoil it. */
function partsOf(made: Schedule, mixture: LineMixture, isContinuous: boolean, spoilt = 1): BoundParts {
  const levels = Array.from(made.alphaBars.keys(), (t) => levelAt(made, t));
  return {
    schedule: made,
    space: {
      isContinuous,
      logProb: (x, loc, scale) => sum(reshape(new Normal({ loc, scale }).logProb(x), [x.shape[0], -1]), 1),
    },
    expected: (x, times) => {
      const found = x.dataSync<"float32">().map((value, row) => {
        return spoilt * expectedData(mixture, value, levels[times[row]!]!);
      });
      return tensor(found, [times.length, 1]);
    },
  };
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const numbers = (make: () => Tensor): Float32Array => tidy(() => make().dataSync<"float32">().slice());

const standard: LineMixture = { weights: [1], means: [0], deviations: [1] };
const clusters: LineMixture = { weights: [0.5, 0.5], means: [-1, 1], deviations: [0.3, 0.1] };

/** Draws of a mixture of two, by halves. */
const draws = ({ means, deviations }: LineMixture, count: number): Float32Array =>
  Float32Array.from(normals64(key(8), count), (e, i) => {
    const k = i % means.length;
    return means[k]! + deviations[k]! * e;
  });

const logDensity = ({ weights, means, deviations }: LineMixture, x: number): number =>
  Math.log(
    weights.reduce((total, weight, k) => {
      const z = (x - means[k]!) / deviations[k]!;
      return total + (weight * Math.exp((-z * z) / 2)) / (Math.sqrt(2 * Math.PI) * deviations[k]!);
    }, 0),
  );

describe("of an exact denoiser", () => {
  it.each([
    ["standard normal data", standard, 0.01],
    ["two clusters", clusters, 0.06],
  ])("is just below log p(x) of %s", (_, mixture, gap) => {
    const x = draws(mixture, 10_000);
    const parts = partsOf(schedule("linear", 1000), mixture, true);
    const bounds = numbers(() => elbo(parts, tensor(x, [x.length, 1]), key(1), 4));
    const gaps = bounds.map((bound, row) => logDensity(mixture, x[row]!) - bound);
    const found = mean(gaps);
    const error = Math.sqrt(mean(gaps.map((each) => (each - found) ** 2)) / gaps.length);
    expect(found).toBeGreaterThan(-5 * error);
    expect(found).toBeLessThan(gap + 5 * error);
  });

  it("is lower for a worse one", () => {
    const x = draws(clusters, 2000);
    const of = (spoilt: number): number => {
      const parts = partsOf(schedule("linear", 1000), clusters, true, spoilt);
      return mean(numbers(() => elbo(parts, tensor(x, [x.length, 1]), key(1), 2)));
    };
    expect(of(1)).toBeGreaterThan(of(0.97) + 0.5);
  });
});

describe.each([true, false])("with few times, continuous data: %s", (isContinuous) => {
  const made = schedule("cosine", 6);
  const x = [-0.9, 0.4, 1.3];

  /** All terms by closed forms, each mean over many draws of the noise. */
  function wholeSum(parts: BoundParts): number[] {
    const count = 20_000;
    return x.map((data) =>
      tidy(() => {
        const rows = tensor(new Float32Array(count).fill(data), [count, 1]);
        const noisy = (t: number): Tensor =>
          mixed({ data: rows, noise: normal(key(9).fold(t), [count, 1]) }, levelAt(made, t));
        const expectedAt = (t: number): Float32Array =>
          parts.expected(noisy(t), new Int32Array(count).fill(t)).dataSync<"float32">();
        const [first, last] = [levelAt(made, 0), levelAt(made, 5)];
        const seen = expectedAt(0).map(
          (found) =>
            -((data - found) ** 2) / (2 * first.sigma ** 2) - Math.log(first.sigma * Math.sqrt(2 * Math.PI)),
        );
        const kl = (gap: number, from: number, to: number): number =>
          Math.log(to / from) / 2 + (from + gap ** 2) / (2 * to) - 0.5;
        let total = mean(seen) - kl(last.alpha * data, last.sigma ** 2, 1);
        for (let t = 1; t < 6; t++) {
          const q = posterior(levelAt(made, t), levelAt(made, t - 1));
          const variance = isContinuous ? made.betas[t]! : q.variance;
          total -= mean(
            expectedAt(t).map((found) => kl(q.dataWeight * (data - found), q.variance, variance)),
          );
        }
        return total;
      }),
    );
  }

  it.each([1, 5])("%d samples estimate the whole sum without bias", (samples) => {
    const parts = partsOf(made, clusters, isContinuous);
    const count = 20_000 / samples;
    const whole = wholeSum(parts);
    x.forEach((data, row) => {
      const rows = () => tensor(new Float32Array(count).fill(data), [count, 1]);
      const estimates = numbers(() => elbo(parts, rows(), key(4).fold(row), samples));
      const centre = mean(estimates);
      const error = Math.sqrt(mean(estimates.map((value) => (value - centre) ** 2)) / count);
      expect(Math.abs(centre - whole[row]!)).toBeLessThan(6 * error + 0.01);
    });
  });
});

it("of the first rows of a bigger batch is the same, and leaves nothing behind", () => {
  const parts = partsOf(schedule("linear", 50), clusters, true);
  const x = draws(clusters, 9);
  const before = memory().numTensors;
  const [all, some] = [9, 4].map((count) =>
    numbers(() => elbo(parts, tensor(x.slice(0, count), [count, 1]), key(2), 3)),
  );
  some!.forEach((value, row) => expect(value).toBeCloseTo(all![row]!, 4));
  expect(memory().numTensors).toBe(before);
});
