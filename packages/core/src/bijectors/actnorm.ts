import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  broadcastTo,
  div,
  exp,
  log,
  mean,
  mul,
  neg,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  tidy,
} from "../backend/engine.js";
import type { Shape } from "../types.js";
import { tidyPair } from "./tidy-pair.js";
import type { Bijector, WithLogDet } from "./types.js";

export interface ActnormParameters {
  /** [channels]. */
  readonly bias: Tensor;
  /** [channels]. */
  readonly logScale: Tensor;
}

/** Guard: a channel that is constant in the first batch has the deviation 0. */
const smallest = 1e-6;

/**
 * An activation normalisation of images with their channels first, [channels, height, width]: a bias and a scale for
 * each channel, x = exp(-logScale) z - bias, z = exp(logScale) (x + bias), log |det dx/dz| = -height width Σ logScale.
 * `normalising` gives the parameters to begin with.
 * Source: Generative flow with invertible 1×1 convolutions (Kingma & Dhariwal, 2018), section 3.1.
 */
export class Actnorm implements Bijector {
  readonly eventRank = 3;
  readonly constantLogDet = true;
  private readonly parameters: ActnormParameters;

  constructor(parameters: ActnormParameters) {
    this.parameters = parameters;
  }

  /** Parameters for which the channels of x, [count, channels, height, width], come out with mean 0 and variance 1. */
  static normalising(x: Tensor): ActnormParameters {
    const [bias, logScale] = tidy((): [Tensor, Tensor] => {
      const centre = mean(x, [0, 2, 3]);
      const channels = centre.size;
      const squares = sum(square(sub(x, reshape(centre, [channels, 1, 1]))), [0, 2, 3]);
      const deviation = sqrt(div(squares, Math.max(1, x.size / channels - 1)));
      return [neg(centre), neg(log(add(deviation, smallest)))];
    });
    return { bias, logScale };
  }

  forwardShape(shape: Shape): Shape {
    return shape;
  }

  inverseShape(shape: Shape): Shape {
    return shape;
  }

  forward(z: Tensor): Tensor {
    const { bias, logScale } = this.parameters;
    return tidy(() => sub(mul(z, perChannel(exp(neg(logScale)))), perChannel(bias)));
  }

  inverse(x: Tensor): Tensor {
    const { bias, logScale } = this.parameters;
    return tidy(() => mul(add(x, perChannel(bias)), perChannel(exp(logScale))));
  }

  forwardWithLogDet(z: Tensor): WithLogDet {
    return tidyPair(() => ({ value: this.forward(z), logDet: neg(this.inverseLogDet(z)) }));
  }

  inverseWithLogDet(x: Tensor): WithLogDet {
    return tidyPair(() => ({ value: this.inverse(x), logDet: this.inverseLogDet(x) }));
  }

  private inverseLogDet({ shape }: Tensor): Tensor {
    const area = shape.at(-1)! * shape.at(-2)!;
    return broadcastTo(mul(sum(this.parameters.logScale), area), shape.slice(0, -3));
  }
}

const perChannel = (values: Tensor): Tensor => reshape(values, [values.size, 1, 1]);
