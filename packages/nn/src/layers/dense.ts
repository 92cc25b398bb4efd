import { add, matMul, reshape, tidy, variable, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import type { Initialiser } from "../initialisers/initialiser.js";
import { torchDefault } from "../initialisers/initialisers.js";
import type { Layer, Variables } from "../variables.js";

export interface DenseOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly key: Key;
  readonly bias?: boolean;
  readonly weight?: Initialiser;
  readonly biases?: Initialiser;
}

/** A fully connected layer, y = x W + b, over the last axis of x. W has shape [inputs, outputs]. */
export class Dense implements Layer {
  readonly weight: Variable;
  readonly bias: Variable | undefined;

  constructor({
    inputs,
    outputs,
    key,
    bias = true,
    weight = torchDefault,
    biases = torchDefault,
  }: DenseOptions) {
    const fans = { fanIn: inputs, fanOut: outputs };
    const create = (initialise: Initialiser, name: string, shape: number[]) =>
      tidy(() => variable(initialise(key.fold(name), shape, fans)));
    this.weight = create(weight, "weight", [inputs, outputs]);
    this.bias = bias ? create(biases, "bias", [outputs]) : undefined;
  }

  get variables(): Variables {
    return this.bias ? { weight: this.weight, bias: this.bias } : { weight: this.weight };
  }

  /** x: [..., inputs]; gives [..., outputs]. */
  call(x: Tensor): Tensor {
    return tidy(() => {
      const [inputs, outputs] = this.weight.shape as [number, number];
      const product = matMul(reshape(x, [-1, inputs]), this.weight);
      const y = this.bias ? add(product, this.bias) : product;
      return reshape(y, [...x.shape.slice(0, -1), outputs]);
    });
  }
}
