import { InputError, type Key, type Rows } from "@gen/core";
import { uniforms64 } from "@gen/core/random";
import type { FittedPart, Part } from "./parts/part.js";
import type { LogPriors } from "./priors.js";
import type { Statistics } from "./statistics.js";

/** p(y) and p(x | y) as they were learned. */
export interface Learned {
  /** [classes], in nats */
  readonly logPriors: Float64Array;
  readonly parts: readonly FittedPart[];
}

/** What statistics say. @throws InputError for a column of one value where variances are not smoothed. */
export function learn(parts: readonly Part[], statistics: Statistics, priors: LogPriors): Learned {
  const largestVariance = parts.reduce(
    (most, part, i) => Math.max(most, part.largestVariance(statistics.parts[i]!)),
    0,
  );
  return {
    logPriors: priors(statistics.classWeights),
    parts: parts.map((part, i) => part.fit(statistics.parts[i]!, { largestVariance })),
  };
}

/** log p(x | y) of every row and class, [rows, classes], in nats: a pure function of the rows. */
export function logLikelihoods({ logPriors, parts }: Learned, x: Rows): Float64Array {
  const result = new Float64Array(x.length * logPriors.length);
  for (const part of parts) part.addLogProb(x, result);
  return result;
}

/** log p(x, y) of every row and class, [rows, classes], in nats. */
export function logJoint(learned: Learned, x: Rows): Float64Array {
  const result = logLikelihoods(learned, x);
  const { logPriors } = learned;
  const classes = logPriors.length;
  for (let i = 0; i < result.length; i++) result[i] = result[i]! + logPriors[i % classes]!;
  return result;
}

/** Draws of y from p(y). @throws InputError when no class has any probability. */
export function drawClasses(key: Key, count: number, logPriors: Float64Array): Int32Array {
  const priors = logPriors.map(Math.exp);
  const last = priors.findLastIndex((p) => p > 0);
  if (last === -1) throw new InputError("No class has any probability: there is nothing to draw.");
  return Int32Array.from(uniforms64(key, count), (u) => {
    let c = 0;
    for (let below = priors[0]!; c < last && below <= u; below += priors[c]!) c++;
    return c;
  });
}
