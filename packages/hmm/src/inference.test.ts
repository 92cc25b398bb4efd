import { key } from "@gen/core";
import { describe, expect, it } from "vitest";
import { pairsInLogs, posteriorsInLogs } from "./chain/log-space.js";
import { expectation, logProbsOfSequence, logSmoothed } from "./expectation.js";
import {
  filtered,
  likeliestPaths,
  likeliestPathsOf,
  logLikelihoods,
  posteriors,
  sampledPaths,
} from "./inference.js";
import { enumerated } from "./testing/enumerate.js";
import {
  categorical,
  emissionNames,
  model,
  randomModel,
  randomSequences,
  symbolsOf,
} from "./testing/models.js";
import { near } from "./testing/near.js";

describe("rain and sun", () => {
  // States rainy, sunny; symbols walk, shop, clean.
  const hmm = model([0.6, 0.4], [0.7, 0.3, 0.4, 0.6], categorical(3, [0.1, 0.4, 0.5, 0.6, 0.3, 0.1]));
  const data = symbolsOf([0, 1, 2]);

  it("has the published likelihood, path and posteriors", () => {
    near(logLikelihoods(hmm, data), [Math.log(0.033612)]);
    const [path] = likeliestPaths(hmm, data);
    near(path!.states, [1, 0, 0]);
    near([path!.logProb], [Math.log(0.01344)]);
    near(
      posteriors(hmm, data),
      [0.23170303, 0.76829697, 0.62406281, 0.37593719, 0.86397706, 0.13602294],
      0,
      1e-7,
    );
  });
});

describe("the umbrella", () => {
  // Symbols: umbrella, none.
  const hmm = model([0.5, 0.5], [0.7, 0.3, 0.3, 0.7], categorical(2, [0.9, 0.1, 0.2, 0.8]));
  const data = symbolsOf([0, 0, 1, 0, 0]);

  it("has the published likelihood, path and forward probabilities", () => {
    near(logLikelihoods(hmm, data), [-3.372502], 0, 5e-7);
    const [path] = likeliestPaths(hmm, data);
    near(path!.states, [0, 0, 1, 0, 0]);
    near([path!.logProb], [-4.459], 0, 5e-5);
    const alpha = logSmoothed(hmm, data, 0).smoothed.alpha.map(Math.exp);
    near(alpha, [0.45, 0.1, 0.3105, 0.041, 0.023, 0.0975, 0.0408, 0.015, 0.0298, 0.0046], 0, 5e-5);
  });
});

describe.each(emissionNames)("every path of states that emit by a %s", (name) => {
  it.each([
    [1, 4],
    [2, 6],
    [3, 1],
    [3, 5],
    [3, 6],
  ])("of %d states, %d steps, is counted", (states, steps) => {
    for (const missing of [0, 0.3]) {
      const hmm = randomModel(key(states).fold(steps), [name], states);
      const data = randomSequences(key(7), [name], [steps], missing);
      const logProbs = logProbsOfSequence(hmm, data, 0);
      const truth = enumerated(hmm.parameters.chain, logProbs);
      near(logLikelihoods(hmm, data), [truth.logLikelihood], 1e-12);
      near(posteriors(hmm, data), truth.posteriors, 1e-12);

      const { smoothed } = logSmoothed(hmm, data, 0);
      near(posteriorsInLogs(smoothed), truth.posteriors, 1e-12);
      near(pairsInLogs(hmm.parameters.chain, logProbs, smoothed), truth.pairs, 1e-12);
      const { transition, initial } = expectation(hmm, data);
      const summed = new Float64Array(states ** 2);
      truth.pairs.forEach((p, at) => (summed[at % states ** 2] = summed[at % states ** 2]! + p));
      near(transition, summed, 1e-12);
      near(initial, truth.posteriors.subarray(0, states), 1e-12);

      const ordered = [...truth.paths].sort((a, b) => b.logProb - a.logProb);
      const count = Math.min(ordered.length, 7);
      const [best] = likeliestPathsOf(hmm, data, count);
      near(
        best!.map(({ logProb }) => logProb),
        ordered.slice(0, count).map(({ logProb }) => logProb),
        1e-12,
      );
      if (states > 1)
        expect(best!.map((path) => path.states.join())).toEqual(
          ordered.slice(0, count).map((path) => path.states.join()),
        );
      near(likeliestPaths(hmm, data)[0]!.states, ordered[0]!.states);
    }
  });
});

describe.each([["categorical"], ["full", "categorical", "poisson"], ["mixture"]] as const)(
  "scaled recursions over %s",
  (...names) => {
    const hmm = randomModel(key(11), names, 5);
    const data = randomSequences(key(12), names, [40, 1, 600, 7, 0, 1100], 0.1);

    it("equal those in logarithms, at every step", () => {
      const found = posteriors(hmm, data);
      logLikelihoods(hmm, data).forEach((logLikelihood, s) => {
        const { smoothed } = logSmoothed(hmm, data, s);
        near([logLikelihood], [smoothed.logLikelihood], 1e-12);
        const [from, to] = [data.offsets[s]! * 5, data.offsets[s + 1]! * 5];
        near(found.subarray(from, to), posteriorsInLogs(smoothed), 1e-9, 1e-12);
        const { alpha, beta } = smoothed;
        for (let at = 0; at < alpha.length; at += 5) {
          const here = Array.from({ length: 5 }, (_, k) => alpha[at + k]! + beta[at + k]!);
          const top = Math.max(...here);
          const total = top + Math.log(here.reduce((sum, value) => sum + Math.exp(value - top), 0));
          near([total], [logLikelihood], 1e-11);
        }
      });
    });

    it("add up over independent sequences", () => {
      const each = logLikelihoods(hmm, data);
      near([expectation(hmm, data).logLikelihood], [each.reduce((a, b) => a + b, 0)], 1e-13);
    });

    it("filter: the last step's probabilities are the posterior", () => {
      const [now, whole] = [filtered(hmm, data), posteriors(hmm, data)];
      for (let s = 0; s < 6; s++) {
        const end = data.offsets[s + 1]! * 5;
        if (end > data.offsets[s]! * 5) near(now.subarray(end - 5, end), whole.subarray(end - 5, end), 1e-9);
      }
    });
  },
);

it("decides in logarithms where float64 does not reach", () => {
  // State 1 is unreachable, and the values lie so near to it that state 0's likelihood is 0 beside it.
  const hmm = model([1, 0], [1, 0, 0, 1], {
    kind: "gaussian",
    covariance: "diagonal",
    components: 1,
    columns: 1,
    weights: Float64Array.of(1, 1),
    means: Float64Array.of(0, 100),
    covariances: Float64Array.of(1, 1),
  });
  const data = {
    offsets: Int32Array.of(0, 2),
    tracks: [{ kind: "gaussian" as const, columns: 1, data: Float64Array.of(100, 0) }],
  };
  near(logLikelihoods(hmm, data), [-5000 - Math.log(2 * Math.PI)], 1e-14);
  near(posteriors(hmm, data), [1, 0, 1, 0]);
  const counts = expectation(hmm, data);
  expect(counts.impossible).toBe(0);
  near(counts.transition, [1, 0, 0, 0]);
});

it("gives an impossible sequence no likelihood, even posteriors, and no counts", () => {
  const hmm = model([1, 0], [0, 1, 0, 1], categorical(2, [1, 0, 0, 1]));
  const data = symbolsOf([0, 0], [0, 1]);
  near(logLikelihoods(hmm, data), [-Infinity, 0]);
  near(posteriors(hmm, data), [0.5, 0.5, 0.5, 0.5, 1, 0, 0, 1]);
  expect(expectation(hmm, data)).toMatchObject({ impossible: 1, sequences: 1, steps: 2 });
});

it("draws paths as they are distributed", () => {
  const hmm = randomModel(key(3), ["categorical"], 2);
  const one = randomSequences(key(4), ["categorical"], [4]);
  const truth = enumerated(hmm.parameters.chain, logProbsOfSequence(hmm, one, 0));
  const count = 20_000;
  const many = symbolsOf(...Array.from({ length: count }, () => Array.from(one.tracks[0]!.data)));
  const paths = sampledPaths(hmm, many, key(5));
  const found = new Map<string, number>();
  for (let s = 0; s < count; s++) {
    const name = paths.subarray(4 * s, 4 * s + 4).join();
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  for (const { states, logProb } of truth.paths) {
    const p = Math.exp(logProb - truth.logLikelihood);
    const error = Math.abs((found.get(states.join()) ?? 0) / count - p);
    expect(error).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / count) + 1e-6);
  }
});

it("stays finite over a million steps, in the memory of a part of them", () => {
  const hmm = randomModel(key(21), ["categorical"], 8);
  const steps = 1_000_000;
  const data = randomSequences(key(22), ["categorical"], [steps]);
  const counts = expectation(hmm, data);
  expect(Number.isFinite(counts.logLikelihood)).toBe(true);
  expect(counts.transition.reduce((a, b) => a + b, 0)).toBeCloseTo(steps - 1, 4);
});

it("counts the same whether it keeps the forward recursion or repeats it", () => {
  const hmm = randomModel(key(23), ["categorical"], 3);
  // 4 numbers a step: more than are kept.
  const long = randomSequences(key(24), ["categorical"], [1_100_000]);
  const short = { ...long, offsets: Int32Array.of(0, 900_000) };
  const [a, b] = [expectation(hmm, long), expectation(hmm, short)];
  expect(a.logLikelihood / 1_100_000).toBeCloseTo(b.logLikelihood / 900_000, 2);
  near(
    a.transition.map((n) => n / a.steps),
    b.transition.map((n) => n / b.steps),
    0,
    1e-3,
  );
});
