import type { Key } from "@gen/core";
import { normals64, randints, uniforms64 } from "@gen/core/random";
import { identityCovariances, type CovarianceType } from "../emissions/covariance.js";
import type { EmissionParameters, Track } from "../emissions/index.js";
import { prepare, type Parameters, type Prepared } from "../parameters.js";
import type { Sequences } from "../sequences.js";

/** Random rows of probabilities. */
function stochastic(key: Key, rows: number, columns: number): Float64Array {
  const table = uniforms64(key, rows * columns).map((u) => u + 0.05);
  for (let row = 0; row < table.length; row += columns) {
    const total = table.subarray(row, row + columns).reduce((a, b) => a + b, 0);
    for (let at = row; at < row + columns; at++) table[at] = table[at]! / total;
  }
  return table;
}

/** Sequences of symbols. */
export function symbolsOf(...lines: readonly (readonly number[])[]): Sequences {
  const offsets = new Int32Array(lines.length + 1);
  lines.forEach((line, s) => (offsets[s + 1] = offsets[s]! + line.length));
  return { offsets, tracks: [{ kind: "categorical", data: Int32Array.from(lines.flat()) }] };
}

export const categorical = (levels: number, probabilities: ArrayLike<number>): EmissionParameters => ({
  kind: "categorical",
  levels,
  probabilities: Float64Array.from(probabilities),
});

export const model = (
  initial: ArrayLike<number>,
  transition: ArrayLike<number>,
  ...emissions: readonly EmissionParameters[]
): Prepared =>
  prepare({
    chain: {
      states: initial.length,
      initial: Float64Array.from(initial),
      transition: Float64Array.from(transition),
    },
    emissions,
  });

export type EmissionName = "categorical" | "poisson" | "mixture" | CovarianceType;
export const emissionNames: readonly EmissionName[] = [
  "categorical",
  "poisson",
  "mixture",
  "full",
  "tied",
  "diagonal",
  "spherical",
];

/** A random emission of some kind over two columns, or five levels. */
export function randomEmission(key: Key, name: EmissionName, states: number): EmissionParameters {
  if (name === "categorical") return categorical(5, stochastic(key, states, 5));
  if (name === "poisson")
    return { kind: "poisson", columns: 2, rates: uniforms64(key, 2 * states).map((u) => 1 + 6 * u) };
  const [covariance, components] = name === "mixture" ? (["full", 2] as const) : ([name, 1] as const);
  const gaussians = states * components;
  const covariances = identityCovariances(covariance, gaussians, 2).map((value) => 1.5 * value);
  if (covariance === "full" || covariance === "tied")
    for (let at = 0; at < covariances.length; at += 4) covariances[at + 1] = covariances[at + 2] = 0.4;
  return {
    kind: "gaussian",
    covariance,
    components,
    columns: 2,
    weights: stochastic(key.fold("weights"), states, components),
    means: normals64(key.fold("means"), 2 * gaussians).map((z) => 2 * z),
    covariances,
  };
}

export function randomModel(key: Key, names: readonly EmissionName[], states: number): Prepared {
  const parameters: Parameters = {
    chain: {
      states,
      initial: stochastic(key.fold("initial"), 1, states),
      transition: stochastic(key.fold("transition"), states, states),
    },
    emissions: names.map((name, i) => randomEmission(key.fold("emission").fold(i), name, states)),
  };
  return prepare(parameters);
}

/** Values that fit an emission of some kind, from no model; a share of them missing. */
export function randomTrack(key: Key, name: EmissionName, steps: number, missing = 0): Track {
  const gap = uniforms64(key.fold("gaps"), 2 * steps).map((u) => (u < missing ? NaN : 0));
  if (name === "categorical")
    return {
      kind: "categorical",
      data: randints(key, steps, 5).map((level, t) => (Number.isNaN(gap[t]!) ? -1 : level)),
    };
  if (name === "poisson")
    return {
      kind: "poisson",
      columns: 2,
      data: Float64Array.from(randints(key, 2 * steps, 9), (x, i) => x + gap[i]!),
    };
  const noise = normals64(key.fold("values"), 2 * steps);
  return { kind: "gaussian", columns: 2, data: noise.map((z, i) => 2.5 * z + gap[i]!) };
}

export function randomSequences(
  key: Key,
  names: readonly EmissionName[],
  lengths: readonly number[],
  missing = 0,
): Sequences {
  const offsets = Int32Array.from([0, ...lengths]);
  for (let s = 1; s < offsets.length; s++) offsets[s] = offsets[s]! + offsets[s - 1]!;
  return {
    offsets,
    tracks: names.map((name, i) => randomTrack(key.fold(i), name, offsets.at(-1)!, missing)),
  };
}
