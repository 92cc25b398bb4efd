import { add, matMul, reshape, tidy, variable, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { InputError, type Key } from "@gen/core";
import type { Initialiser } from "../initialisers/initialiser.js";
import { torchDefault } from "../initialisers/initialisers.js";
import type { Layer, Variables } from "../variables.js";

export interface DenseOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly key: Key;
  /** Whether there is a bias; by default there is. */
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
    // Both are drawn before either becomes a variable, so that one that throws leaves none behind.
    [this.weight, this.bias] = tidy((): [Variable, Variable | undefined] => {
      const first = weight(key.fold("weight"), [inputs, outputs], fans);
      const second = bias ? biases(key.fold("bias"), [outputs], fans) : undefined;
      return [variable(first), second && variable(second)];
    });
  }

  get variables(): Variables {
    return this.bias ? { weight: this.weight, bias: this.bias } : { weight: this.weight };
  }

  /**
   * x: [..., inputs]; gives [..., outputs]. `weight` may stand in place of the layer's own, such as one that is
   * normalised. Throws `InputError` when the last axis is another.
   */
  call(x: Tensor, weight: Tensor = this.weight): Tensor {
    const [inputs, outputs] = weight.shape as [number, number];
    if (x.shape.at(-1) !== inputs)
      throw new InputError(
        `A dense layer of ${inputs} inputs was given the shape [${x.shape.join(", ")}]; its last axis must be ${inputs}.`,
      );
    return tidy(() => {
      const product = matMul(reshape(x, [-1, inputs]), weight);
      const y = this.bias ? add(product, this.bias) : product;
      return reshape(y, [...x.shape.slice(0, -1), outputs]);
    });
  }
}
