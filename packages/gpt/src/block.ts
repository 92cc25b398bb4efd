import { add, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import {
  collect,
  Dense,
  dropout,
  geluTanh,
  LayerNorm,
  normal,
  SelfAttention,
  zeros,
  type AttentionCache,
  type Layer,
  type Variables,
} from "@gen/nn";

export interface BlockOptions {
  readonly width: number;
  readonly heads: number;
  /** Blocks in the model, which the residual projections' first deviation is divided by the root of twice. */
  readonly layers: number;
  readonly epsilon: number;
  readonly key: Key;
}

/** One pre-norm block of GPT-2: x + attention(norm x), then x + perceptron(norm x). */
export class Block implements Layer {
  private readonly norm1: LayerNorm;
  private readonly attention: SelfAttention;
  private readonly norm2: LayerNorm;
  private readonly expand: Dense;
  private readonly contract: Dense;

  constructor({ width, heads, layers, epsilon, key }: BlockOptions) {
    const weight = normal(0.02);
    const residual = normal(0.02 / Math.sqrt(2 * layers));
    this.norm1 = new LayerNorm({ width, epsilon });
    this.norm2 = new LayerNorm({ width, epsilon });
    this.attention = new SelfAttention({
      width,
      heads,
      causal: true,
      key: key.fold("attention"),
      weight,
      outputWeight: residual,
      biases: zeros,
    });
    this.expand = new Dense({
      inputs: width,
      outputs: 4 * width,
      key: key.fold("expand"),
      weight,
      biases: zeros,
    });
    this.contract = new Dense({
      inputs: 4 * width,
      outputs: width,
      key: key.fold("contract"),
      weight: residual,
      biases: zeros,
    });
  }

  get variables(): Variables {
    return collect({
      norm1: this.norm1,
      attention: this.attention,
      norm2: this.norm2,
      expand: this.expand,
      contract: this.contract,
    });
  }

  /** x: [count, positions, width]. With a key, activations are dropped. */
  call(x: Tensor, rate = 0, key?: Key): Tensor {
    return tidy(() => {
      const attended = add(x, dropout(this.attention.call(this.norm1.call(x)), rate, key?.fold("attention")));
      return add(attended, dropout(this.perceptron(attended), rate, key?.fold("perceptron")));
    });
  }

  /** As `call`, for positions after those of the cache. */
  extend(
    x: Tensor,
    cache: AttentionCache | undefined,
  ): { readonly y: Tensor; readonly cache: AttentionCache } {
    const { y, cache: longer } = this.attention.extend(this.norm1.call(x), cache);
    const attended = add(x, y);
    return { y: add(attended, this.perceptron(attended)), cache: longer };
  }

  private perceptron(x: Tensor): Tensor {
    return this.contract.call(geluTanh(this.expand.call(this.norm2.call(x))));
  }
}
