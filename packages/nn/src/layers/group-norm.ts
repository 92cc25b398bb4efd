import { ones, tidy, variable, zeros, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { InputError } from "@gen/core";
import type { Layer, Variables } from "../variables.js";
import { checkChannels } from "./images.js";
import { affineNormalised } from "./affine-normalised.js";

export interface GroupNormOptions {
  readonly channels: number;
  readonly groups: number;
  readonly epsilon?: number;
}

/**
 * Group normalisation of images with their channels first: each group of channels of each image to mean 0 and
 * variance 1, then a scale and a shift per channel (Group normalization, Wu & He, 2018). Throws `InputError` when the
 * channels can't be cut into equal groups.
 */
export class GroupNorm implements Layer {
  readonly scale: Variable;
  readonly shift: Variable;
  private readonly groups: number;
  private readonly epsilon: number;

  constructor({ channels, groups, epsilon = 1e-5 }: GroupNormOptions) {
    if (!(groups >= 1 && channels % groups === 0))
      throw new InputError(`${channels} channels can't be cut into ${groups} equal groups.`);
    this.scale = tidy(() => variable(ones([channels])));
    this.shift = tidy(() => variable(zeros([channels])));
    this.groups = groups;
    this.epsilon = epsilon;
  }

  get variables(): Variables {
    return { scale: this.scale, shift: this.shift };
  }

  /** x: [count, channels, height, width]; the same shape comes out. */
  call(x: Tensor): Tensor {
    checkChannels("Group normalisation", x, this.scale.size);
    return affineNormalised(x, this.scale, this.shift, { groups: this.groups, epsilon: this.epsilon });
  }
}
