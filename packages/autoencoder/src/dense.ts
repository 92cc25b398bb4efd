import { relu, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Dense, type Layer, type Variables } from "@gen/nn";

/** Dense layers between widths, rectified but for the last. */
export class DenseLayers implements Layer {
  private readonly layers: readonly Dense[];

  constructor(widths: readonly number[], key: Key) {
    this.layers = widths
      .slice(1)
      .map((outputs, i) => new Dense({ inputs: widths[i]!, outputs, key: key.fold(i) }));
  }

  get variables(): Variables {
    return collect(Object.fromEntries(this.layers.map((layer, i) => [String(i), layer])));
  }

  /** x: [rows, first width]; gives [rows, last width]. */
  call(x: Tensor): Tensor {
    const last = this.layers.length - 1;
    return tidy(() =>
      this.layers.reduce((h, layer, i) => (i < last ? relu(layer.call(h)) : layer.call(h)), x),
    );
  }
}
