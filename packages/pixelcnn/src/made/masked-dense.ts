import {
  add,
  cast,
  expandDims,
  lessEqual,
  matMul,
  mul,
  tensor1d,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { Dense, type Layer, type Variables } from "@gen/nn";

export interface MaskedDenseOptions {
  /** A number for each input and output: an output sees the inputs whose number is not above its own. */
  readonly inputs: Int32Array;
  readonly outputs: Int32Array;
  readonly key: Key;
}

/** A fully connected layer with the weights between some units put out, y = x (W ∘ M) + b. */
export class MaskedDense implements Layer {
  readonly dense: Dense;
  private readonly inputs: Int32Array;
  private readonly outputs: Int32Array;

  constructor({ inputs, outputs, key }: MaskedDenseOptions) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.dense = new Dense({ inputs: inputs.length, outputs: outputs.length, key });
  }

  get variables(): Variables {
    return this.dense.variables;
  }

  /** W ∘ M, [inputs, outputs]. */
  weight(): Tensor {
    return tidy(() => {
      const [inputs, outputs] = [tensor1d(this.inputs, "int32"), tensor1d(this.outputs, "int32")];
      const mask = lessEqual(expandDims(inputs, 1), expandDims(outputs, 0));
      return mul(this.dense.weight, cast(mask, "float32"));
    });
  }

  /** x: [count, inputs]; gives [count, outputs]. */
  call(x: Tensor, weight?: Tensor): Tensor {
    return tidy(() => add(matMul(x, weight ?? this.weight()), this.dense.bias!));
  }
}
