import {
  Beta,
  beta64,
  Exponential,
  exponential64,
  Gamma,
  gamma64,
  Geometric,
  geometric64,
  Gumbel,
  gumbel64,
  HalfNormal,
  halfNormal64,
  InverseGamma,
  inverseGamma64,
  Laplace,
  laplace64,
  Logistic,
  logistic64,
  LogNormal,
  logNormal64,
  NegativeBinomial,
  negativeBinomial64,
  Normal,
  normal64,
  Poisson,
  poisson64,
  StudentT,
  studentT64,
  type Distribution,
  type Float64Distribution,
} from "@gen/core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Support } from "./supports.js";

/** Moments of one column in one class. */
export interface ColumnMoments {
  readonly mean: number;
  /** Above 0. */
  readonly variance: number;
  /** The fourth power's mean over the squared variance, less 3. */
  readonly excess: number;
}

/** A distribution of a real column that sums of weighted powers fit: by maximum likelihood, or by its moments. */
export interface RealFamily {
  /** Mean and variance before anything is learned. */
  readonly untrained: readonly [number, number];
  readonly order?: 4;
  /** Moments are those of the logarithm. */
  readonly logged?: true;
  readonly takes: Support;
  fit(moments: ColumnMoments): readonly number[];
  density(parameters: readonly number[]): Float64Distribution;
  distribution(parameters: readonly Tensor[]): Distribution;
}

/** Where a column has nothing but zeros, the mean that a family takes that needs one above 0. */
const least = 1e-9;
const above0 = (mean: number): number => Math.max(mean, least);
/** More degrees of freedom, or a count of successes so much larger than the mean, are the limit in float64. */
const limit = 1e6;

type P = readonly number[];
type T = readonly Tensor[];
const located = {
  untrained: [0, 1],
  takes: "any",
} as const;

/** By the names that the setting `columns` knows. */
export const realFamilies = {
  normal: {
    ...located,
    fit: ({ mean, variance }) => [mean, Math.sqrt(variance)],
    density: ([loc, scale]: P) => normal64({ loc: loc!, scale: scale! }),
    distribution: ([loc, scale]: T) => new Normal({ loc: loc!, scale: scale! }),
  },
  "log-normal": {
    ...located,
    logged: true,
    takes: "positive",
    fit: ({ mean, variance }) => [mean, Math.sqrt(variance)],
    density: ([loc, scale]: P) => logNormal64({ loc: loc!, scale: scale! }),
    distribution: ([loc, scale]: T) => new LogNormal({ loc: loc!, scale: scale! }),
  },
  laplace: {
    ...located,
    fit: ({ mean, variance }) => [mean, Math.sqrt(variance / 2)],
    density: ([loc, scale]: P) => laplace64({ loc: loc!, scale: scale! }),
    distribution: ([loc, scale]: T) => new Laplace({ loc: loc!, scale: scale! }),
  },
  logistic: {
    ...located,
    fit: ({ mean, variance }) => [mean, Math.sqrt(3 * variance) / Math.PI],
    density: ([loc, scale]: P) => logistic64({ loc: loc!, scale: scale! }),
    distribution: ([loc, scale]: T) => new Logistic({ loc: loc!, scale: scale! }),
  },
  gumbel: {
    ...located,
    fit({ mean, variance }) {
      const scale = Math.sqrt(6 * variance) / Math.PI;
      // Euler's constant.
      return [mean - 0.5772156649015329 * scale, scale];
    },
    density: ([loc, scale]: P) => gumbel64({ loc: loc!, scale: scale! }),
    distribution: ([loc, scale]: T) => new Gumbel({ loc: loc!, scale: scale! }),
  },
  "student-t": {
    ...located,
    order: 4,
    fit({ mean, variance, excess }) {
      const df = excess > 0 ? Math.min(limit, 4 + 6 / excess) : limit;
      return [df, mean, Math.sqrt((variance * (df - 2)) / df)];
    },
    density: ([df, loc, scale]: P) => studentT64({ df: df!, loc: loc!, scale: scale! }),
    distribution: ([df, loc, scale]: T) => new StudentT({ df: df!, loc: loc!, scale: scale! }),
  },
  "half-normal": {
    untrained: [1, 1],
    takes: "nonNegative",
    fit: ({ mean, variance }) => [Math.sqrt(variance + mean * mean)],
    density: ([scale]: P) => halfNormal64({ scale: scale! }),
    distribution: ([scale]: T) => new HalfNormal({ scale: scale! }),
  },
  exponential: {
    untrained: [1, 1],
    takes: "nonNegative",
    fit: ({ mean }) => [1 / above0(mean)],
    density: ([rate]: P) => exponential64({ rate: rate! }),
    distribution: ([rate]: T) => new Exponential({ rate: rate! }),
  },
  gamma: {
    untrained: [1, 1],
    takes: "positive",
    fit: ({ mean, variance }) => [(mean * mean) / variance, mean / variance],
    density: ([concentration, rate]: P) => gamma64({ concentration: concentration!, rate: rate! }),
    distribution: ([concentration, rate]: T) => new Gamma({ concentration: concentration!, rate: rate! }),
  },
  "inverse-gamma": {
    untrained: [1, 1],
    takes: "positive",
    fit({ mean, variance }) {
      const concentration = (mean * mean) / variance + 2;
      return [concentration, mean * (concentration - 1)];
    },
    density: ([concentration, rate]: P) => inverseGamma64({ concentration: concentration!, rate: rate! }),
    distribution: ([concentration, rate]: T) =>
      new InverseGamma({ concentration: concentration!, rate: rate! }),
  },
  beta: {
    untrained: [0.5, 0.05],
    takes: "share",
    fit({ mean, variance }) {
      const total = Math.max((mean * (1 - mean)) / variance - 1, least);
      return [mean * total, (1 - mean) * total];
    },
    density: ([one, zero]: P) => beta64({ concentration1: one!, concentration0: zero! }),
    distribution: ([one, zero]: T) => new Beta({ concentration1: one!, concentration0: zero! }),
  },
  poisson: {
    untrained: [1, 1],
    takes: "counts",
    fit: ({ mean }) => [above0(mean)],
    density: ([rate]: P) => poisson64({ rate: rate! }),
    distribution: ([rate]: T) => new Poisson({ rate: rate! }),
  },
  geometric: {
    untrained: [1, 2],
    takes: "counts",
    fit: ({ mean }) => [1 / (1 + above0(mean))],
    density: ([probs]: P) => geometric64({ probs: probs! }),
    distribution: ([probs]: T) => new Geometric({ probs: probs! }),
  },
  "negative-binomial": {
    untrained: [1, 2],
    takes: "counts",
    fit({ mean, variance }) {
      const rate = above0(mean);
      const successes = (rate * rate) / Math.max(variance - rate, rate / limit);
      return [successes, rate / (rate + successes)];
    },
    density: ([totalCount, probs]: P) => negativeBinomial64({ totalCount: totalCount!, probs: probs! }),
    distribution: ([totalCount, probs]: T) =>
      new NegativeBinomial({ totalCount: totalCount!, probs: probs! }),
  },
} as const satisfies Readonly<Record<string, RealFamily>>;

export type RealFamilyName = keyof typeof realFamilies;
