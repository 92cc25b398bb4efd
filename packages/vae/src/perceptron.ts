import { relu, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Dense, type Layer, type Variables } from "@gen/nn";

export interface PerceptronOptions {
  /** Widths from the input to the output. */
  readonly widths: readonly number[];
  readonly key: Key;
}

/** A multilayer perceptron with rectified hidden layers and a linear output. */
export class Perceptron implements Layer {
  private readonly layers: readonly Dense[];

  constructor({ widths, key }: PerceptronOptions) {
    this.layers = widths
      .slice(1)
      .map((outputs, i) => new Dense({ inputs: widths[i]!, outputs, key: key.fold(i) }));
  }

  get variables(): Variables {
    return collect(Object.fromEntries(this.layers.map((layer, i) => [String(i), layer])));
  }

  /** x: [rows, inputs]; gives [rows, outputs]. */
  call(x: Tensor): Tensor {
    const last = this.layers.length - 1;
    return tidy(() =>
      this.layers.reduce((h, layer, i) => (i < last ? relu(layer.call(h)) : layer.call(h)), x),
    );
  }
}
