import { categorical64, key, multivariateNormal64, poisson64 } from "@gen/core";
import { float64 } from "@gen/core/math";
import { describe, expect, it } from "vitest";
import { emissionNames, randomEmission, randomTrack } from "../testing/models.js";
import { near } from "../testing/near.js";
import { covarianceOf } from "./covariance.js";
import { emissionOf, type EmissionParameters } from "./index.js";

const [states, steps] = [3, 8];

/** log p(row | state) by core's distributions. */
function byCore(emission: EmissionParameters, row: ArrayLike<number>, k: number): number {
  if (emission.kind === "categorical") {
    const { levels, probabilities } = emission;
    return categorical64({ probs: probabilities.slice(k * levels, (k + 1) * levels) }).logProb(row[0]!);
  }
  if (emission.kind === "poisson")
    return [0, 1].reduce(
      (sum, j) => sum + poisson64({ rate: emission.rates[2 * k + j]! }).logProb(row[j]!),
      0,
    );
  const { covariance, covariances, components, weights, means } = emission;
  return float64.logSumExp(
    Array.from({ length: components }, (_, c) => {
      const g = k * components + c;
      const scaleTril = float64.cholesky(covarianceOf(covariance, covariances, 2, g), 2)!;
      const loc = means.slice(2 * g, 2 * g + 2);
      return Math.log(weights[g]!) + multivariateNormal64({ loc, scaleTril }).logProb(Float64Array.from(row));
    }),
  );
}

describe.each(emissionNames)("%s emissions", (name) => {
  const parameters = randomEmission(key(1), name, states);
  const emission = emissionOf(parameters, states);
  const track = randomTrack(key(2), name, steps);
  const columns = track.kind === "categorical" ? 1 : 2;

  it("have the densities of core's distributions", () => {
    const found = new Float64Array(steps * 4);
    emission.addLogProbs(track, 0, steps, found, 4);
    for (let t = 0; t < steps; t++)
      for (let k = 0; k < states; k++)
        near(
          [found[4 * t + k]!],
          [byCore(parameters, track.data.slice(columns * t, columns * (t + 1)), k)],
          1e-12,
        );
  });

  it("integrate missing values out", () => {
    if (track.kind === "categorical") return;
    const gaps = { ...track, data: track.data.map((value, i) => (i === 1 ? NaN : value)) };
    const found = new Float64Array(4);
    emission.addLogProbs(gaps, 0, 1, found, 4);
    const isReal = track.kind === "gaussian";
    const [from, step, count] = isReal ? [-40, 0.02, 4000] : [0, 1, 100];
    for (let k = 0; k < states; k++) {
      let sum = 0;
      for (let i = 0; i < count; i++)
        sum += step * Math.exp(byCore(parameters, [track.data[0]!, from + i * step], k));
      near([found[k]!], [Math.log(sum)], 1e-9, 1e-9);
    }
  });

  it("stay where nothing speaks of them, and agree with what is counted once", () => {
    const prior = { counts: 0, strength: 0, scale: new Float64Array(2) };
    const nothing = emission.empty();
    expect(emission.maximised(nothing, prior)).toEqual(parameters);
    const gamma = new Float64Array(steps * states).map((_, i) => (i % states === 0 ? 1 : 0));
    emission.collect(track, { from: 0, to: steps }, gamma, states, nothing);
    const after = emission.maximised(nothing, prior);
    if (after.kind !== "poisson" || track.kind !== "poisson") return;
    const mean = (j: number): number =>
      track.data.filter((_, i) => i % 2 === j).reduce((a, b) => a + b, 0) / steps;
    near(after.rates.subarray(0, 2), [mean(0), mean(1)], 1e-13);
  });
});
