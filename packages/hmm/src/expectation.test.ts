import { key } from "@gen/core";
import { describe, expect, it } from "vitest";
import { expectation, partsOf } from "./expectation.js";
import { logLikelihoods } from "./inference.js";
import { prepare, type Parameters } from "./parameters.js";
import { randomModel, randomSequences } from "./testing/models.js";
import { near } from "./testing/near.js";

const names = ["categorical"] as const;
const data = randomSequences(key(2), names, [30, 1, 12], 0.1);

/** The slope of the summed log-likelihoods. */
function difference(change: (by: number) => Parameters): number {
  const total = (own: Parameters): number => logLikelihoods(prepare(own), data).reduce((a, b) => a + b, 0);
  const step = 1e-6;
  return (total(change(step)) - total(change(-step))) / (2 * step);
}

const changed = (values: Float64Array, at: number, by: number): Float64Array =>
  values.map((value, i) => (i === at ? value * Math.exp(by) : value));

describe("expected counts", () => {
  const { parameters } = randomModel(key(1), names, 3);
  const counts = expectation(prepare(parameters), data);

  it("are the gradient of the likelihood by the logarithms of the parameters", () => {
    const { chain } = parameters;
    chain.transition.forEach((_, at) => {
      const found = difference((by) => ({
        ...parameters,
        chain: { ...chain, transition: changed(chain.transition, at, by) },
      }));
      near([found], [counts.transition[at]!], 1e-6, 1e-6);
    });
    chain.initial.forEach((_, at) => {
      const found = difference((by) => ({
        ...parameters,
        chain: { ...chain, initial: changed(chain.initial, at, by) },
      }));
      near([found], [counts.initial[at]!], 1e-6, 1e-6);
    });
    const [emission] = parameters.emissions;
    if (emission?.kind !== "categorical") expect.fail("other emissions");
    emission.probabilities.forEach((_, at) => {
      const found = difference((by) => ({
        ...parameters,
        emissions: [{ ...emission, probabilities: changed(emission.probabilities, at, by) }],
      }));
      near([found], [counts.emissions[0]![0]![(at % 5) * 3 + Math.floor(at / 5)]!], 1e-6, 1e-6);
    });
  });

  it("are of every step and sequence", () => {
    const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    near([sum(counts.initial), sum(counts.transition)], [3, 40], 1e-12);
    expect(counts).toMatchObject({ sequences: 3, steps: 43, impossible: 0 });
  });
});

it("counts in parts that depend on the data alone", () => {
  const long = randomSequences(key(3), names, [40_000, 20_000, 10_000, 5000, 0, 1]);
  expect(partsOf(long)).toEqual([
    { from: 0, to: 1 },
    { from: 1, to: 3 },
    { from: 3, to: 6 },
  ]);
});
