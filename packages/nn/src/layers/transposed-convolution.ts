import { add, engine, reshape, tidy, variable, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { torchDefault } from "../initialisers/initialisers.js";
import type { Layer, Variables } from "../variables.js";
import type { Conv2dOptions } from "./convolution.js";
import { checkChannels, pair } from "./images.js";

export interface ConvTranspose2dOptions extends Omit<Conv2dOptions, "padding"> {
  /** What is cut from every side; 0 by default. */
  readonly padding?: number;
}

/**
 * A transposed convolution over images with their channels first: the gradient of a convolution with respect to its
 * input, of size (n - 1) · stride - 2 · padding + filter. The filter has the shape [height, width, outputs, inputs].
 */
export class ConvTranspose2d implements Layer {
  readonly weight: Variable;
  readonly bias: Variable | undefined;
  private readonly stride: [number, number];
  private readonly padding: number;

  constructor(options: ConvTranspose2dOptions) {
    const { inputs, outputs, key, bias = true, weight = torchDefault, biases = torchDefault } = options;
    const [height, width] = pair(options.size);
    this.stride = pair(options.stride ?? 1);
    this.padding = options.padding ?? 0;
    const area = height * width;
    // PyTorch counts the output's channels as what comes in.
    const fans = { fanIn: outputs * area, fanOut: inputs * area };
    [this.weight, this.bias] = tidy((): [Variable, Variable | undefined] => {
      const first = weight(key.fold("weight"), [height, width, outputs, inputs], fans);
      const second = bias ? biases(key.fold("bias"), [outputs], fans) : undefined;
      return [variable(first), second && variable(second)];
    });
  }

  get variables(): Variables {
    return this.bias ? { weight: this.weight, bias: this.bias } : { weight: this.weight };
  }

  /** x: [count, inputs, height, width]; gives [count, outputs, …]. Throws `InputError` for other channels. */
  call(x: Tensor): Tensor {
    const [filterHeight, filterWidth, outputs, inputs] = this.weight.shape as [
      number,
      number,
      number,
      number,
    ];
    checkChannels("A transposed convolution", x, inputs);
    const { stride, padding } = this;
    const grown = (size: number, axis: 0 | 1, filter: number): number =>
      (size - 1) * stride[axis] - 2 * padding + filter;
    const size = [grown(x.shape[2]!, 0, filterHeight), grown(x.shape[3]!, 1, filterWidth)];
    return tidy(() => {
      const attributes = {
        strides: stride,
        pad: padding,
        dataFormat: "NCHW",
        inputShape: [x.shape[0], outputs, ...size],
      };
      const y: Tensor = engine().runKernel("Conv2DBackpropInput", { dy: x, filter: this.weight }, attributes);
      return this.bias ? add(y, reshape(this.bias, [outputs, 1, 1])) : y;
    });
  }
}
