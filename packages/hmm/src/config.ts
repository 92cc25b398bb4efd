import { InputError } from "@gen/core/manifest";
import { covarianceShape, identityCovariances, type CovarianceType } from "./emissions/covariance.js";
import type { EmissionParameters } from "./emissions/index.js";
import { lengthNumbers } from "./lengths.js";
import type { Layout, TrackLayout } from "./layout.js";
import type { Parameters } from "./parameters.js";
import { chainOf, type Topology } from "./topology.js";

export interface HmmConfig {
  /** Hidden states of each class, or of each tag; 0: one for each tag, without tags four. */
  readonly states: number;
  readonly topology: Topology;
  readonly covariance: CovarianceType;
  /** Gaussians in each state. */
  readonly components: number;
  /** Names of the columns of numbers that are counts, separated by commas. */
  readonly counts: string;
}

/** States where neither the settings nor tags say how many. */
const usualStates = 4;

/** The states of each class. */
function statesOf({ states }: HmmConfig, { tags }: Layout): number {
  if (tags === undefined) return states === 0 ? usualStates : states;
  return tags.names.length * Math.max(1, states);
}

/** Parameters before anything is learned: all that the topology allows is equally likely. */
export function plainParameters(config: HmmConfig, layout: Layout): Parameters {
  const states = statesOf(config, layout);
  const { tags } = layout;
  return {
    chain: chainOf(config.topology, states),
    emissions: layout.tracks.map((track) => plainEmission(config, layout, track, states)),
    ...(tags && {
      tags: Int32Array.from({ length: states }, (_, k) => Math.floor((k * tags.names.length) / states)),
    }),
  };
}

function plainEmission(
  config: HmmConfig,
  { hasEnd }: Layout,
  track: TrackLayout,
  states: number,
): EmissionParameters {
  const { kind } = track;
  if (kind === "categorical") {
    const { levels } = track;
    const isData = (level: number): boolean => hasEnd || level !== track.end;
    const share = 1 / Math.max(1, levels - (isData(track.end ?? 0) ? 0 : 1));
    const probabilities = Float64Array.from({ length: states * levels }, (_, at) =>
      isData(at % levels) ? share : 0,
    );
    return { kind, levels, probabilities };
  }
  const { columns } = track;
  if (kind === "poisson") return { kind, columns, rates: new Float64Array(states * columns).fill(1) };
  const { covariance, components } = config;
  return {
    kind,
    covariance,
    components,
    columns,
    weights: new Float64Array(states * components).fill(1 / components),
    means: new Float64Array(states * components * columns),
    covariances: identityCovariances(covariance, states * components, columns),
  };
}

/** More memory than any such model is worth: 512 MB. */
const mostNumbers = 2 ** 26;

/** @throws InputError when the model would be too large, or larger than the file that it comes from. */
export function checkSize(config: HmmConfig, layout: Layout, saved = Infinity): void {
  const states = statesOf(config, layout);
  const emissions = layout.tracks.reduce((sum, track) => sum + emissionNumbers(config, track, states), 0);
  const classes = Math.max(1, layout.label?.names.length ?? 1);
  const numbers = classes * (1 + lengthNumbers + states + states * states + emissions);
  if (numbers > saved)
    throw new InputError(
      `A hidden Markov model of ${states} states has ${numbers} parameters here, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (numbers > mostNumbers)
    throw new InputError(
      `A hidden Markov model of ${states} states has ${numbers} parameters here, more than ${mostNumbers}: use fewer states, or leave out columns.`,
    );
}

function emissionNumbers(config: HmmConfig, track: TrackLayout, states: number): number {
  if (track.kind === "categorical") return states * track.levels;
  if (track.kind === "poisson") return states * track.columns;
  const gaussians = states * config.components;
  const covariances = covarianceShape(config.covariance, gaussians, track.columns);
  return gaussians * (1 + track.columns) + covariances.reduce((a, b) => a * b, 1);
}
