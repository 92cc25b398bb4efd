import {
  add,
  concat,
  matMul,
  mul,
  reshape,
  softmax,
  split,
  tensor,
  tidy,
  transpose,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { InputError, type Key } from "@gen/core";
import type { Initialiser } from "../initialisers/initialiser.js";
import { collect, disposeAll, type Layer, type Variables } from "../variables.js";
import { Dense } from "./dense.js";

/** Keys and values of the positions so far: [count, heads, positions, width / heads] each. */
export type AttentionCache = { readonly keys: Tensor; readonly values: Tensor };

/** Finite, so that no back end computes ∞ − ∞; its exponential is exactly 0 in float32. */
const masked = -1e9;

/** 0 where query i, at position `offset + i`, may see key j, else the masked score. Shape [queries, keys]. */
export function causalMask(queries: number, keys: number): Tensor {
  const offset = keys - queries;
  const mask = new Float32Array(queries * keys);
  for (let i = 0; i < queries; i++) mask.fill(masked, i * keys + offset + i + 1, (i + 1) * keys);
  return tensor(mask, [queries, keys]);
}

/**
 * softmax(q kᵀ / √d) v over [..., positions, d] (Attention is all you need, Vaswani et al., 2017). With `causal`
 * the queries are the last positions, and none sees a later key.
 */
export function scaledDotProductAttention(q: Tensor, k: Tensor, v: Tensor, causal: boolean): Tensor {
  return tidy(() => {
    const [queries, width] = q.shape.slice(-2) as [number, number];
    const keys = k.shape[k.rank - 2]!;
    const scores = mul(matMul(q, k, false, true), 1 / Math.sqrt(width));
    const seen = causal && queries > 1 ? add(scores, causalMask(queries, keys)) : scores;
    return matMul(softmax(seen), v);
  });
}

export interface SelfAttentionOptions {
  readonly width: number;
  readonly heads: number;
  readonly causal: boolean;
  readonly key: Key;
  readonly weight?: Initialiser;
  readonly outputWeight?: Initialiser;
  readonly biases?: Initialiser;
}

/**
 * Multi-head self-attention with one projection to queries, keys and values and one out. Throws `InputError` when
 * the width is not a multiple of the heads.
 */
export class SelfAttention implements Layer {
  readonly projection: Dense;
  readonly output: Dense;
  private readonly heads: number;
  private readonly causal: boolean;

  constructor({ width, heads, causal, key, weight, outputWeight = weight, biases }: SelfAttentionOptions) {
    if (!(heads >= 1 && width % heads === 0))
      throw new InputError(`Attention of width ${width} can't be cut into ${heads} equal heads.`);
    const bias = biases ? { biases } : {};
    this.projection = new Dense({
      inputs: width,
      outputs: 3 * width,
      key: key.fold("projection"),
      ...(weight ? { weight } : {}),
      ...bias,
    });
    try {
      this.output = new Dense({
        inputs: width,
        outputs: width,
        key: key.fold("output"),
        ...(outputWeight ? { weight: outputWeight } : {}),
        ...bias,
      });
    } catch (error) {
      disposeAll(this.projection.variables);
      throw error;
    }
    this.heads = heads;
    this.causal = causal;
  }

  get variables(): Variables {
    return collect({ projection: this.projection, output: this.output });
  }

  /** x: [count, positions, width]; gives the same shape. */
  call(x: Tensor): Tensor {
    return tidy(() => this.run(x).y);
  }

  /** As `call`, for positions that follow those of the cache; gives the longer cache too. Keeps the old one. */
  extend(x: Tensor, cache: AttentionCache | undefined): { y: Tensor; cache: AttentionCache } {
    return tidy(() => this.run(x, cache));
  }

  private run(x: Tensor, cache?: AttentionCache): { y: Tensor; cache: AttentionCache } {
    const [count, positions, width] = x.shape as [number, number, number];
    const perHead = (t: Tensor) =>
      transpose(reshape(t, [count, positions, this.heads, width / this.heads]), [0, 2, 1, 3]);
    const [q, k, v] = split(this.projection.call(x), 3, -1).map(perHead) as [Tensor, Tensor, Tensor];
    const keys = cache ? concat([cache.keys, k], 2) : k;
    const values = cache ? concat([cache.values, v], 2) : v;
    const mixed = scaledDotProductAttention(q, keys, values, this.causal);
    const merged = reshape(transpose(mixed, [0, 2, 1, 3]), [count, positions, width]);
    return { y: this.output.call(merged), cache: { keys, values } };
  }
}
