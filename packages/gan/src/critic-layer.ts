import { leakyRelu, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import {
  BatchNorm,
  collect,
  SpectralNorm,
  type Conv2d,
  type Dense,
  type GroupNorm,
  type Layer,
  type LayerNorm,
  type Variables,
} from "@gen/nn";
import { unchanged, type Mode, type Pass } from "./networks.js";

/** A dense layer or a convolution with its weight as it is, or over its spectral norm. */
export class Linear implements Layer {
  private readonly spectral: SpectralNorm | undefined;

  constructor(
    private readonly layer: Dense | Conv2d,
    { spectral, key }: { readonly spectral: boolean; readonly key: Key },
  ) {
    this.spectral = spectral ? new SpectralNorm({ weight: layer.weight, key }) : undefined;
  }

  get variables(): Variables {
    return { ...this.layer.variables, ...this.spectral?.variables };
  }

  run(x: Tensor, mode: Mode): Pass {
    if (!this.spectral) return { y: this.layer.call(x), updates: unchanged };
    if (mode === "evaluation") return { y: this.layer.call(x, this.spectral.call()), updates: unchanged };
    const { weight, updates } = this.spectral.train();
    return { y: this.layer.call(x, weight), updates };
  }
}

/** The slope of the rectifier below zero (Radford, Metz & Chintala, 2016). */
const slope = 0.2;

/** A hidden layer of a critic: linear, normalised, rectified with a leak. */
export class CriticLayer implements Layer {
  constructor(
    private readonly linear: Linear,
    private readonly norm?: BatchNorm | GroupNorm | LayerNorm,
  ) {}

  get variables(): Variables {
    return { ...this.linear.variables, ...(this.norm && collect({ norm: this.norm })) };
  }

  run(x: Tensor, mode: Mode): Pass {
    const { y, updates } = this.linear.run(x, mode);
    if (mode === "evaluation" || !(this.norm instanceof BatchNorm))
      return { y: leakyRelu(this.norm?.call(y) ?? y, slope), updates };
    const normal = this.norm.train(y);
    return { y: leakyRelu(normal.y, slope), updates: new Map([...updates, ...normal.updates]) };
  }
}
