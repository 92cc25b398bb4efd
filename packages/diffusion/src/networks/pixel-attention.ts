import { add, matMul, mul, reshape, softmax, split, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Conv2d, GroupNorm, type Layer, type Variables } from "@gen/nn";
import { groups } from "./residual.js";

/** One head of attention over all pixels, beside a skip (Non-local neural networks, Wang et al., 2018). */
export class PixelAttention implements Layer {
  private readonly parts: { readonly norm: GroupNorm; readonly qkv: Conv2d; readonly projection: Conv2d };

  constructor(
    private readonly channels: number,
    key: Key,
  ) {
    this.parts = {
      norm: new GroupNorm({ channels, groups }),
      qkv: new Conv2d({ inputs: channels, outputs: 3 * channels, size: 1, key: key.fold("qkv") }),
      projection: new Conv2d({ inputs: channels, outputs: channels, size: 1, key: key.fold("projection") }),
    };
  }

  get variables(): Variables {
    return collect(this.parts);
  }

  /** x: [rows, channels, height, width]; the same shape comes out. */
  call(x: Tensor): Tensor {
    const { channels } = this;
    const all = reshape(this.parts.qkv.call(this.parts.norm.call(x)), [x.shape[0], 3 * channels, -1]);
    const [q, k, v] = split(all, 3, 1) as [Tensor, Tensor, Tensor];
    const weights = softmax(mul(matMul(q, k, true, false), 1 / Math.sqrt(channels)));
    return add(x, this.parts.projection.call(reshape(matMul(v, weights, false, true), x.shape)));
  }
}
