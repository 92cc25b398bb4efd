import {
  add,
  mean,
  mul,
  ones,
  rsqrt,
  square,
  sub,
  tidy,
  variable,
  zeros,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import type { Layer, Variables } from "../variables.js";

export interface LayerNormOptions {
  readonly width: number;
  readonly epsilon?: number;
}

/**
 * Layer normalisation over the last axis: (x - mean) / √(variance + ε) · scale + shift (Layer normalization,
 * Ba, Kiros & Hinton, 2016).
 */
export class LayerNorm implements Layer {
  readonly scale: Variable;
  readonly shift: Variable;
  private readonly epsilon: number;

  constructor({ width, epsilon = 1e-5 }: LayerNormOptions) {
    this.scale = tidy(() => variable(ones([width])));
    this.shift = tidy(() => variable(zeros([width])));
    this.epsilon = epsilon;
  }

  get variables(): Variables {
    return { scale: this.scale, shift: this.shift };
  }

  /** x: [..., width]; the same shape comes out. */
  call(x: Tensor): Tensor {
    return tidy(() => {
      const centred = sub(x, mean(x, -1, true));
      const variance = mean(square(centred), -1, true);
      return add(mul(mul(centred, rsqrt(add(variance, this.epsilon))), this.scale), this.shift);
    });
  }
}
