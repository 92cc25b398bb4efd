import {
  add,
  conv2d,
  reshape,
  tidy,
  variable,
  type Tensor,
  type Tensor4D,
  type Variable,
} from "@tensorflow/tfjs-core";
import { InputError, type Key } from "@gen/core";
import type { Initialiser } from "../initialisers/initialiser.js";
import { torchDefault } from "../initialisers/initialisers.js";
import type { Layer, Variables } from "../variables.js";
import { checkChannels, type Pair, pair } from "./images.js";

export interface Conv2dOptions {
  /** Channels in and out. */
  readonly inputs: number;
  readonly outputs: number;
  /** The filter's height and width. */
  readonly size: Pair;
  readonly key: Key;
  readonly stride?: Pair;
  /** "same", "valid" (the default), or zeros on every side. */
  readonly padding?: "same" | "valid" | number;
  readonly bias?: boolean;
  readonly weight?: Initialiser;
  readonly biases?: Initialiser;
}

/**
 * A convolution over images with their channels first: [count, channels, height, width]. The filter has the shape
 * [height, width, inputs, outputs] of TensorFlow.js.
 */
export class Conv2d implements Layer {
  readonly weight: Variable;
  readonly bias: Variable | undefined;
  private readonly stride: [number, number];
  private readonly padding: "same" | "valid" | number;

  constructor(options: Conv2dOptions) {
    const { inputs, outputs, key, bias = true, weight = torchDefault, biases = torchDefault } = options;
    const [height, width] = pair(options.size);
    this.stride = pair(options.stride ?? 1);
    this.padding = options.padding ?? "valid";
    const area = height * width;
    const fans = { fanIn: inputs * area, fanOut: outputs * area };
    // Both are drawn before either becomes a variable, so that one that throws leaves none behind.
    [this.weight, this.bias] = tidy((): [Variable, Variable | undefined] => {
      const first = weight(key.fold("weight"), [height, width, inputs, outputs], fans);
      const second = bias ? biases(key.fold("bias"), [outputs], fans) : undefined;
      return [variable(first), second && variable(second)];
    });
  }

  get variables(): Variables {
    return this.bias ? { weight: this.weight, bias: this.bias } : { weight: this.weight };
  }

  /**
   * x: [count, inputs, height, width]; gives [count, outputs, …]. `weight` may stand in place of the layer's own, such
   * as one that is normalised. Throws `InputError` for other channels.
   */
  call(x: Tensor, weight: Tensor = this.weight): Tensor {
    const [rows, , inputs, outputs] = weight.shape as [number, number, number, number];
    checkChannels("A convolution", x, inputs);
    const { padding } = this;
    if (typeof padding === "number" && x.shape[2]! + 2 * padding < rows)
      throw new InputError(`A filter of height ${rows} is larger than the image [${x.shape.join(", ")}].`);
    return tidy(() => {
      const y = conv2d(x as Tensor4D, weight as Tensor4D, this.stride, padding, "NCHW");
      return this.bias ? add(y, reshape(this.bias, [outputs, 1, 1])) : y;
    });
  }
}
