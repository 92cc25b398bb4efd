import {
  add,
  broadcastTo,
  concat,
  exp,
  expandDims,
  log,
  max,
  mean,
  reshape,
  sub,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { kl, type Distribution, type Key, type Rows } from "@gen/core";

/** What a bound is made of: prior, encoder and decoder. */
export interface Parts {
  readonly prior: Distribution;
  posterior(x: Rows): Distribution;
  likelihood(z: Tensor): Distribution<Rows>;
}

/** E_q(z|x) [log p(x | z)] and KL(q(z | x) || p(z)) of each row, in nats, by one draw of z. */
export function terms(
  parts: Parts,
  x: Rows,
  key: Key,
): { readonly reconstruction: Tensor; readonly divergence: Tensor } {
  const posterior = parts.posterior(x);
  const z = posterior.sample(key);
  return { reconstruction: parts.likelihood(z).logProb(x), divergence: kl(posterior, parts.prior) };
}

/** The evidence lower bound of each row, with the KL term in closed form: [rows], in nats. */
export const elbo = (parts: Parts, x: Rows, key: Key): Tensor =>
  tidy(() => {
    const { reconstruction, divergence } = terms(parts, x, key);
    return sub(reconstruction, divergence);
  });

/** Rows of decoder output at a time, which bounds the memory of many draws. */
const most = 4096;

/**
 * The importance-weighted bound log 1/k Σ p(x, z_i) / q(z_i | x) with z_i ~ q(z | x): [rows], in nats, rising to
 * log p(x) with k (Importance weighted autoencoders, Burda, Grosse & Salakhutdinov, 2016).
 */
export function importanceWeighted(parts: Parts, x: Rows, key: Key, samples: number): Tensor {
  return tidy(() => {
    const posterior = parts.posterior(x);
    const together = Math.max(1, Math.floor(most / x.length));
    const weights: Tensor[] = [];
    for (let from = 0; from < samples; from += together) {
      const count = Math.min(together, samples - from);
      weights.push(tidy(() => logWeights(parts, posterior, repeated(x, count), key.fold(from), count)));
    }
    const all = concat(weights, 0);
    const largest = max(all, 0, true);
    return add(reshape(largest, [x.length]), log(mean(exp(sub(all, largest)), 0)));
  });
}

/** log p(x, z) - log q(z | x) of `count` draws for each row: [count, rows]. */
function logWeights(parts: Parts, posterior: Distribution, x: Rows, key: Key, count: number): Tensor {
  const z = posterior.sample(key, [count]);
  const rows = x.length / count;
  const flat = reshape(z, [x.length, -1]);
  const reconstruction = reshape(parts.likelihood(flat).logProb(x), [count, rows]);
  return add(reconstruction, sub(parts.prior.logProb(z), posterior.logProb(z)));
}

/** The same rows `count` times over. */
function repeated(x: Rows, count: number): Rows {
  const columns = Object.fromEntries(
    Object.entries(x.columns).map(([name, { data, shape }]) => {
      const rows = data as Tensor;
      const wide = broadcastTo(expandDims(rows, 0), [count, ...rows.shape]);
      return [name, { shape, data: reshape(wide, [count * x.length, ...shape]) }];
    }),
  );
  return { length: x.length * count, columns };
}
