import { split, sum, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { Affine, type Key } from "@gen/core";
import { Conv2d, zeros, type Layer, type Variables } from "@gen/nn";
import type { Step } from "../flow/architecture.js";

/**
 * The distribution of channels that were split off, given those that go on: N(m, exp(2 l)), with m and l from a
 * convolution that begins at zero. As a step it makes standard normal latents of them.
 */
export class SplitPrior implements Layer {
  private readonly network: Conv2d;

  constructor(channels: number, key: Key) {
    const [inputs, outputs] = [channels, 2 * channels];
    this.network = new Conv2d({ inputs, outputs, size: 3, padding: 1, key, weight: zeros, biases: zeros });
  }

  get variables(): Variables {
    return this.network.variables;
  }

  step(): Step {
    const given = (kept: Tensor): Affine => {
      const [shift, logScale] = split(this.network.call(kept), 2, 1) as [Tensor, Tensor];
      return new Affine({ shift, logScale });
    };
    return {
      rearranges: false,
      forward: ([kept, other, ...rest]) => [kept!, tidy(() => given(kept!).forward(other!)), ...rest],
      inverseWithLogDet([kept, other, ...rest]) {
        const [value, logDet] = tidy((): [Tensor, Tensor] => {
          const pair = given(kept!).inverseWithLogDet(other!);
          return [pair.value, sum(pair.logDet, [1, 2, 3])];
        });
        return { value: [kept!, value, ...rest], logDet };
      },
    };
  }
}
