import {
  add,
  customGrad,
  mul,
  ones,
  sum,
  tidy,
  variable,
  zeros,
  type GradSaveFunc,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import { nativeKernel } from "../native-kernel.js";
import type { Layer, Variables } from "../variables.js";
import { moments, standardisedGradient } from "./standardised.js";

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
    const { scale, shift, epsilon } = this;
    const native = nativeKernel("LayerNormalization");
    if (!native)
      return tidy(() => {
        const { normal } = moments(x, epsilon);
        return add(mul(normal, scale), shift);
      });
    const recorded = customGrad((given, factor, offset, save) => {
      // The engine clones what is saved on the tape, so second derivatives flow through both.
      (save as GradSaveFunc)([given as Tensor, factor as Tensor]);
      return {
        value: native({ x: given as Tensor, scale: factor as Tensor, shift: offset as Tensor }, { epsilon }),
        gradFunc: (dy: Tensor, [saved, savedScale]: Tensor[]) => gradients(saved!, savedScale!, dy, epsilon),
      };
    });
    return tidy(() => recorded(x, scale, shift));
  }
}

/** Of the input, of the scale and of the shift. */
function gradients(x: Tensor, scale: Tensor, dy: Tensor, epsilon: number): Tensor[] {
  const { normal, inverse } = moments(x, epsilon);
  const inner = mul(dy, scale);
  const rows = x.shape.slice(0, -1).map((_, axis) => axis);
  return [standardisedGradient(normal, inverse, inner), sum(mul(dy, normal), rows), sum(dy, rows)];
}
