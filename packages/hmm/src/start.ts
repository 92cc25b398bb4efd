import type { Key } from "@gen/core";
import { normals64, uniforms64 } from "@gen/core/random";
import type { Chain } from "./chain/chain.js";
import { covarianceShape } from "./emissions/covariance.js";
import { emissionOf, type EmissionParameters, type GaussianParameters } from "./emissions/index.js";
import { expectation } from "./expectation.js";
import { clusters } from "./k-means.js";
import { maximisation } from "./maximisation.js";
import { prepare, type Parameters } from "./parameters.js";
import type { TrackScale } from "./scales.js";
import { countOf, type Sequences } from "./sequences.js";

/** Steps that a start looks at. */
const mostSteps = 2 ** 15;
/** What an assignment leaves to the states that it does not choose, so that nothing begins impossible. */
const doubt = 0.1;

export interface StartOptions {
  /** Parameters that the topology allows. */
  readonly plain: Parameters;
  readonly data: Sequences;
  readonly scales: readonly TrackScale[];
  readonly key: Key;
  /** Starts that are tried. */
  readonly restarts: number;
}

/** Sweeps by which starts are compared, and the prior under which. */
const sweeps = 10;
const prior = { initial: 0.1, transition: 0.1, emission: 0.1, strength: 1 };

/** Of several starts the one that a few sweeps of EM over the first sequences bring furthest. */
export function bestStart(options: StartOptions): Parameters {
  const { plain, scales, key, restarts } = options;
  const data = firstSequences(options.data);
  let [best, furthest]: [Parameters | undefined, number] = [undefined, -Infinity];
  for (let restart = 0; restart < restarts; restart++) {
    const start = startFrom(plain, data, scales, key.fold(restart));
    if (restarts === 1) return start;
    let model = prepare(start);
    for (let sweep = 0; sweep < sweeps; sweep++)
      model = prepare(
        maximisation(model, expectation(model, data), { ...prior, scales: priorScales(plain, scales) }),
      );
    const { logLikelihood } = expectation(model, data);
    if (best === undefined || logLikelihood > furthest) [best, furthest] = [start, logLikelihood];
  }
  return best!;
}

/** What priors know of each track. */
export const priorScales = ({ emissions }: Parameters, scales: readonly TrackScale[]): Float64Array[] =>
  scales.map(({ means, variances }, i) => (emissions[i]!.kind === "poisson" ? means : variances));

/**
 * Where EM starts: states are guessed for the first sequences — by tags, by place where states follow in order, by
 * clusters of the numbers, by chance over categories — and emissions fitted to the guess.
 */
function startFrom(plain: Parameters, seen: Sequences, scales: readonly TrackScale[], key: Key): Parameters {
  const known = priorScales(plain, scales);
  const { states } = plain.chain;
  const gamma = guess(plain, seen, scales, key);
  const steps = { from: 0, to: seen.offsets.at(-1)! };
  const emissions = plain.emissions.map((before, i): EmissionParameters => {
    const single = before.kind === "gaussian" ? oneEach(before, states, scales[i]!) : before;
    const emission = emissionOf(single, states);
    const statistics = emission.empty();
    emission.collect(seen.tracks[i]!, steps, gamma, states, statistics);
    const fitted = emission.maximised(statistics, { counts: 0, strength: 1, scale: known[i]! });
    if (fitted.kind === "categorical") return blended(fitted, before, scales[i]!.counts);
    return fitted.kind === "gaussian" && before.kind === "gaussian"
      ? spread(fitted, before, states, key.fold("components").fold(i))
      : fitted;
  });
  return { ...plain, chain: startChain(plain.chain, key.fold("chain")), emissions };
}

/** Uneven transitions where they are allowed. */
function startChain({ states, initial, transition }: Chain, key: Key): Chain {
  const uneven = uniforms64(key, states * states);
  const next = transition.map((p, at) => p * (0.5 + uneven[at]!));
  for (let row = 0; row < next.length; row += states) {
    const total = next.subarray(row, row + states).reduce((sum, value) => sum + value, 0);
    for (let at = row; at < row + states; at++) next[at] = next[at]! / total;
  }
  return { states, initial, transition: next };
}

/** As many of the first sequences as a start looks at; at least a part of one. */
function firstSequences({ offsets, tracks, tags }: Sequences): Sequences {
  let count = 0;
  while (count + 1 < offsets.length && offsets[count]! < mostSteps) count++;
  const own = offsets.slice(0, count + 1);
  own[count] = Math.min(own[count]!, mostSteps);
  const end = own[count]!;
  return {
    offsets: own,
    tracks: tracks.map((track) =>
      track.kind === "categorical"
        ? { ...track, data: track.data.subarray(0, end) }
        : { ...track, data: track.data.subarray(0, end * track.columns) },
    ),
    ...(tags && { tags: tags.subarray(0, end) }),
  };
}

/** Guessed p(state) of each step, [steps, states]. */
function guess(plain: Parameters, data: Sequences, scales: readonly TrackScale[], key: Key): Float64Array {
  const { states, initial } = plain.chain;
  const steps = data.offsets.at(-1)!;
  const inOrder = states > 1 && initial[states - 1] === 0;
  const gamma = new Float64Array(steps * states).fill(1);
  const chosen = inOrder ? places(data, states) : byNumbers(data, scales, states, key.fold("clusters"));
  if (chosen) chosen.forEach((k, t) => favour(gamma, t, k, states));
  else byCategories(data, scales, states, key.fold("levels"), gamma);
  for (let t = 0; t < steps; t++) {
    const tag = data.tags?.[t] ?? -1;
    const row = gamma.subarray(t * states, (t + 1) * states);
    if (tag >= 0 && plain.tags) row.forEach((value, k) => (row[k] = plain.tags![k] === tag ? value : 0));
    const total = row.reduce((sum, value) => sum + value, 0);
    for (let k = 0; k < states; k++) row[k] = row[k]! / total;
  }
  return gamma;
}

function favour(gamma: Float64Array, t: number, chosen: number, states: number): void {
  for (let k = 0; k < states; k++) gamma[t * states + k] = k === chosen ? 1 : doubt / states;
}

/** Each sequence cut into as many even pieces as there are states. */
function places(data: Sequences, states: number): Int32Array {
  const result = new Int32Array(data.offsets.at(-1)!);
  for (let s = 0; s < countOf(data); s++) {
    const [from, to] = [data.offsets[s]!, data.offsets[s + 1]!];
    for (let t = from; t < to; t++) result[t] = Math.floor(((t - from) * states) / (to - from));
  }
  return result;
}

/** Clusters of all numbers of a step, in units of their deviations; undefined when there are none. */
function byNumbers(
  data: Sequences,
  scales: readonly TrackScale[],
  states: number,
  key: Key,
): Int32Array | undefined {
  const steps = data.offsets.at(-1)!;
  const reals = data.tracks.flatMap((track, i) =>
    track.kind === "categorical" ? [] : [{ track, scale: scales[i]! }],
  );
  const width = reals.reduce((sum, { track }) => sum + track.columns, 0);
  if (width === 0) return undefined;
  const points = new Float64Array(steps * width);
  let begin = 0;
  for (const { track, scale } of reals) {
    for (let t = 0; t < steps; t++)
      for (let j = 0; j < track.columns; j++) {
        const value = (track.data[t * track.columns + j]! - scale.means[j]!) / Math.sqrt(scale.variances[j]!);
        // A missing number is at the mean.
        points[t * width + begin + j] = Number.isNaN(value) ? 0 : value;
      }
    begin += track.columns;
  }
  return clusters(points, width, states, key);
}

/** Levels that each state likes by chance. */
function byCategories(
  data: Sequences,
  scales: readonly TrackScale[],
  states: number,
  key: Key,
  gamma: Float64Array,
): void {
  data.tracks.forEach(({ data: levels }, i) => {
    const liking = normals64(key.fold(i), scales[i]!.counts.length * states).map((z) => Math.exp(z / 2));
    for (let t = 0; t < levels.length; t++) {
      const level = levels[t]!;
      if (level < 0) continue;
      for (let k = 0; k < states; k++)
        gamma[t * states + k] = gamma[t * states + k]! * liking[level * states + k]!;
    }
  });
}

/** A part of all the data's frequencies, so that what a start did not see begins possible. */
function blended(
  fitted: EmissionParameters & { readonly kind: "categorical" },
  plain: EmissionParameters,
  counts: Float64Array,
): EmissionParameters {
  const { levels, probabilities } = fitted;
  const allowed = (plain as typeof fitted).probabilities;
  const total = counts.reduce((sum, count) => sum + count, 0) + levels;
  const mixed = probabilities.map((p, at) =>
    allowed[at]! > 0 ? (1 - doubt) * p + (doubt * (counts[at % levels]! + 1)) / total : 0,
  );
  for (let row = 0; row < mixed.length; row += levels) {
    const sum = mixed.subarray(row, row + levels).reduce((a, b) => a + b, 0);
    for (let at = row; at < row + levels; at++) mixed[at] = mixed[at]! / sum;
  }
  return { ...fitted, probabilities: mixed };
}

/** One Gaussian for each state, at the data's mean. */
function oneEach(before: GaussianParameters, states: number, scale: TrackScale): GaussianParameters {
  const { columns, covariance } = before;
  return {
    ...before,
    components: 1,
    weights: new Float64Array(states).fill(1),
    means: Float64Array.from({ length: states * columns }, (_, i) => scale.means[i % columns]!),
    covariances: before.covariances.slice(
      0,
      covarianceShape(covariance, states, columns).reduce((a, b) => a * b, 1),
    ),
  };
}

/** A state's one Gaussian becomes several about its mean, apart by its deviations. */
function spread(
  fitted: GaussianParameters,
  { components, weights }: GaussianParameters,
  states: number,
  key: Key,
): GaussianParameters {
  if (components === 1) return fitted;
  const { columns: d, covariance, means, covariances } = fitted;
  const noise = normals64(key, states * components * d);
  const variance = (k: number, j: number): number =>
    covariance === "spherical"
      ? covariances[k]!
      : covariance === "diagonal"
        ? covariances[k * d + j]!
        : covariances[(covariance === "full" ? k * d * d : 0) + j * (d + 1)]!;
  const own = covariance === "tied" ? covariances.length : covariances.length / states;
  return {
    ...fitted,
    components,
    weights,
    means: noise.map((z, i) => {
      const [k, j] = [Math.floor(i / (components * d)), i % d];
      return means[k * d + j]! + z * Math.sqrt(variance(k, j));
    }),
    covariances:
      covariance === "tied"
        ? covariances
        : Float64Array.from(
            { length: own * states * components },
            (_, i) => covariances[Math.floor(i / (own * components)) * own + (i % own)]!,
          ),
  };
}
