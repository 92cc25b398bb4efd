import {
  add,
  cast,
  gather,
  lessEqual,
  matMul,
  mul,
  relu,
  reshape,
  squeeze,
  tensor1d,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Dense, type Variables } from "@gen/nn";
import type { PixelNetwork } from "../network.js";
import { MaskedDense } from "./masked-dense.js";

export interface MaskedNetworkOptions {
  /** Pixels of an image, times its channels. */
  readonly size: number;
  /** Numbers for each pixel. */
  readonly numbers: number;
  /** Classes of the label; 0: none. */
  readonly classes: number;
  readonly hidden: number;
  readonly layers: number;
  readonly key: Key;
}

/**
 * A masked autoencoder: each hidden unit has a degree d and sees the first d pixels only, through units of no higher
 * degree (MADE: Masked autoencoder for distribution estimation, Germain et al., 2015). Degrees are spread evenly.
 */
export class MaskedNetwork implements PixelNetwork {
  readonly width: number;
  readonly activations: number;
  private readonly numbers: number;
  private readonly degrees: Int32Array;
  private readonly hidden: readonly MaskedDense[];
  private readonly last: MaskedDense;
  private readonly label: Dense | undefined;

  constructor({ size, numbers, classes, hidden, layers, key }: MaskedNetworkOptions) {
    this.width = size;
    this.numbers = numbers;
    this.activations = Math.max(hidden, size * numbers);
    // A unit of degree 0 sees the label alone.
    this.degrees = spread(hidden, classes > 0 ? 0 : Math.min(1, size - 1), size - 1);
    const places = Int32Array.from({ length: size }, (_, i) => i);
    this.hidden = Array.from(
      { length: layers },
      (_, i) =>
        new MaskedDense({
          inputs: i === 0 ? places.map((place) => place + 1) : this.degrees,
          outputs: this.degrees,
          key: key.fold(i),
        }),
    );
    const outputs = Int32Array.from({ length: size * numbers }, (_, i) => Math.floor(i / numbers));
    this.last = new MaskedDense({ inputs: this.degrees, outputs, key: key.fold("last") });
    this.label =
      classes > 0
        ? new Dense({ inputs: classes, outputs: hidden, bias: false, key: key.fold("label") })
        : undefined;
  }

  get variables(): Variables {
    const { hidden, last, label } = this;
    return collect({
      ...Object.fromEntries(hidden.map((layer, i) => [String(i), layer])),
      last,
      ...(label && { label }),
    });
  }

  all(x: Tensor, label?: Tensor): Tensor {
    return tidy(() => {
      const features = this.features(x, this.prepare(), label);
      return reshape(this.last.call(features), [x.shape[0], -1, this.numbers]);
    });
  }

  /** The hidden layers' masked weights, the same in every row. */
  prepare(): Tensor[] {
    return this.hidden.map((layer) => layer.weight());
  }

  one(x: Tensor, position: number, weights: readonly Tensor[], label?: Tensor): Tensor {
    return tidy(() => {
      const { weight, bias } = this.last.dense;
      const place = tensor1d([position], "int32");
      const own = gather(reshape(weight, [this.degrees.length, -1, this.numbers]), place, 1);
      const seen = cast(lessEqual(tensor1d(this.degrees, "int32"), position), "float32");
      const features = mul(this.features(x, weights, label), seen);
      return add(matMul(features, squeeze(own, [1])), gather(reshape(bias!, [-1, this.numbers]), place));
    });
  }

  private features(x: Tensor, weights: readonly Tensor[], label?: Tensor): Tensor {
    return this.hidden.reduce((h, layer, i) => {
      const y = layer.call(h, weights[i]);
      return relu(i === 0 && this.label && label ? add(y, this.label.call(label)) : y);
    }, x);
  }
}

/** Whole numbers from `first` to `last`, evenly. */
const spread = (count: number, first: number, last: number): Int32Array =>
  Int32Array.from(
    { length: count },
    (_, i) => first + Math.round((i * (last - first)) / Math.max(1, count - 1)),
  );

/** How many parameters such a network has. */
export const maskedParameters = ({
  size,
  numbers,
  classes,
  hidden,
  layers,
}: Omit<MaskedNetworkOptions, "key">): number =>
  hidden * (size + 1 + classes) + (layers - 1) * hidden * (hidden + 1) + size * numbers * (hidden + 1);
