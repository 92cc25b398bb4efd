import { add, reshape, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Conv2d, Dense, GroupNorm, silu, type Layer, type Variables } from "@gen/nn";

export interface ResidualOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Width of the time's vector. */
  readonly time: number;
  readonly key: Key;
}

/** Groups of channels that are normalised together. */
export const groups = 8;

/** Two convolutions with the time between them, beside a skip (Wide residual networks, Zagoruyko & Komodakis, 2016). */
export class Residual implements Layer {
  private readonly parts: {
    readonly norm1: GroupNorm;
    readonly conv1: Conv2d;
    readonly time: Dense;
    readonly norm2: GroupNorm;
    readonly conv2: Conv2d;
  };
  private readonly skip: Conv2d | undefined;

  constructor({ inputs, outputs, time, key }: ResidualOptions) {
    this.parts = {
      norm1: new GroupNorm({ channels: inputs, groups }),
      conv1: new Conv2d({ inputs, outputs, size: 3, padding: 1, key: key.fold("conv1") }),
      time: new Dense({ inputs: time, outputs, key: key.fold("time") }),
      norm2: new GroupNorm({ channels: outputs, groups }),
      conv2: new Conv2d({ inputs: outputs, outputs, size: 3, padding: 1, key: key.fold("conv2") }),
    };
    this.skip =
      inputs === outputs ? undefined : new Conv2d({ inputs, outputs, size: 1, key: key.fold("skip") });
  }

  get variables(): Variables {
    return collect({ ...this.parts, ...(this.skip && { skip: this.skip }) });
  }

  /** x: [rows, inputs, height, width]; time: [rows, width of the time's vector]. */
  call(x: Tensor, time: Tensor): Tensor {
    const { norm1, conv1, norm2, conv2 } = this.parts;
    const shift = this.parts.time.call(time);
    const h = add(conv1.call(silu(norm1.call(x))), reshape(shift, [...shift.shape, 1, 1]));
    return add(this.skip ? this.skip.call(x) : x, conv2.call(silu(norm2.call(h))));
  }
}
