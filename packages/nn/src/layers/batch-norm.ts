import {
  add,
  mean,
  mul,
  ones,
  reshape,
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
import { affineNormalised } from "./affine-normalised.js";
import { checkChannels } from "./images.js";

export interface BatchNormOptions {
  readonly channels: number;
  readonly epsilon?: number;
  /** The share of the newest batch in the running averages; 0.1 by default, as PyTorch's. */
  readonly momentum?: number;
}

/** Values that variables take after a training step. */
export type Updates = ReadonlyMap<Variable, Tensor>;

/**
 * Batch normalisation of images with their channels first (Batch normalization, Ioffe & Szegedy, 2015). Training uses
 * the batch's own moments and gives the running averages that are to be taken over after the step; the running
 * variance is unbiased, as PyTorch's.
 */
export class BatchNorm implements Layer {
  readonly scale: Variable;
  readonly shift: Variable;
  readonly runningMean: Variable;
  readonly runningVariance: Variable;
  private readonly epsilon: number;
  private readonly momentum: number;

  constructor({ channels, epsilon = 1e-5, momentum = 0.1 }: BatchNormOptions) {
    const filled = (value: (shape: number[]) => Tensor, trainable: boolean): Variable =>
      tidy(() => variable(value([channels]), trainable));
    this.scale = filled(ones, true);
    this.shift = filled(zeros, true);
    this.runningMean = filled(zeros, false);
    this.runningVariance = filled(ones, false);
    this.epsilon = epsilon;
    this.momentum = momentum;
  }

  /** The running averages among them, which no optimizer changes. */
  get variables(): Variables {
    const { scale, shift, runningMean, runningVariance } = this;
    return { scale, shift, runningMean, runningVariance };
  }

  /** By the running averages. x: [count, channels, height, width]; the same shape comes out. */
  call(x: Tensor): Tensor {
    checkChannels("Batch normalisation", x, this.scale.size);
    return tidy(() => this.normalised(x, this.runningMean, this.runningVariance));
  }

  /** By the batch's own moments; with the running averages after it. */
  train(x: Tensor): { y: Tensor; updates: Updates } {
    const channels = this.scale.size;
    checkChannels("Batch normalisation", x, channels);
    const { momentum } = this;
    const [y, average, spread] = tidy((): [Tensor, Tensor, Tensor] => {
      // As the normalisation computes them, so that a compiled graph computes them once.
      const flat = reshape(x, [x.shape[0], channels, -1]);
      const wide = mean(flat, [0, 2], true);
      const centre = reshape(wide, [channels]);
      const variance = reshape(mean(square(sub(flat, wide)), [0, 2], true), [channels]);
      const count = x.size / channels;
      const moved = (running: Variable, now: Tensor): Tensor =>
        add(mul(running, 1 - momentum), mul(now, momentum));
      return [
        affineNormalised(x, this.scale, this.shift, { groups: "batch", epsilon: this.epsilon }),
        moved(this.runningMean, centre),
        moved(this.runningVariance, mul(variance, count / Math.max(1, count - 1))),
      ];
    });
    return {
      y,
      updates: new Map([
        [this.runningMean, average],
        [this.runningVariance, spread],
      ]),
    };
  }

  /** x · a + b per channel, with a = scale / deviation and b = shift - mean · a. */
  private normalised(x: Tensor, centre: Tensor, variance: Tensor): Tensor {
    const factor = mul(this.scale, rsqrt(add(variance, this.epsilon)));
    const offset = sub(this.shift, mul(centre, factor));
    const [a, b] = [factor, offset].map((each) => reshape(each, [this.scale.size, 1, 1]));
    return add(mul(x, a!), b!);
  }
}
