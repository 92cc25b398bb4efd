import type { Tensor } from "@tensorflow/tfjs-core";
import { less, mean, reshape, sqrt, square, sub, sum, tidy, div, where } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/index.js";
import { broadcastShapes } from "./shapes.js";
import type { Distribution } from "./types.js";

/**
 * The closed-form divergence KL(p || q) = E_p[log p(x) - log q(x)] in nats, of the broadcast batch shape.
 *
 * Throws `InputError` when there is none for the pair: then ask for `klMonteCarlo`.
 */
export function kl<T>(p: Distribution<T>, q: Distribution<T>): Tensor {
  const divergence = p.klTo?.(q);
  if (divergence !== undefined) return divergence;
  throw new InputError(
    `There is no closed-form KL(${p.family} || ${q.family}); use klMonteCarlo(p, q, { key, samples }).`,
  );
}

/**
 * A Monte-Carlo estimate of KL(p || q) in nats from samples of p, with its standard error; both of the broadcast batch
 * shape. Infinite, with infinite error, when q can't make one of the samples.
 *
 * Throws `InputError` for fewer than 2 samples.
 */
export function klMonteCarlo<T>(
  p: Distribution<T>,
  q: Distribution<T>,
  { key, samples }: { readonly key: Key; readonly samples: number },
): { readonly value: Tensor; readonly standardError: Tensor } {
  if (!(Number.isInteger(samples) && samples >= 2)) {
    throw new InputError(`klMonteCarlo: samples is ${samples}; give an integer of at least 2.`);
  }
  const [value, standardError] = tidy((): [Tensor, Tensor] => {
    const x = p.sample(key, [samples]);
    const batchShape = broadcastShapes(p.batchShape, q.batchShape);
    const ratios = reshape(sub(p.logProb(x), q.logProb(x)), [samples, ...batchShape]);
    const average = mean(ratios, 0);
    const squares = sum(square(sub(ratios, average)), 0);
    const error = sqrt(div(squares, samples * (samples - 1)));
    return [average, where(less(average, Infinity), error, Infinity)];
  });
  return { value, standardError };
}
