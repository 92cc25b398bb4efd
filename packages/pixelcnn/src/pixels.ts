import {
  cast,
  concat,
  div,
  fill,
  reshape,
  slice,
  sum,
  tensor2d,
  tidy,
  zeros,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import { conform, downloadSync, select, selectSpec, tensor, type DataSpec, type Rows } from "@gen/core";
import { collect, oneHot, type Layer, type Variables } from "@gen/nn";
import { imageColumn, labelColumn, type ImageColumn, type LabelColumn } from "./fields.js";
import type { Likelihood } from "./likelihood.js";
import type { PixelNetwork } from "./network.js";

export interface PixelsOptions {
  readonly spec: DataSpec;
  readonly network: PixelNetwork;
  readonly likelihood: Likelihood;
  /** log p(y) but for a constant, [classes], where the images have labels. */
  readonly prior?: Variable | undefined;
}

/** Which pixels are summed over, and the class of all images where it is known. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly label?: number | undefined;
}

/** Numbers of a layer's output to be made at once: 8 MB, which bounds memory and stays near the processor. */
const most = 2 ** 21;

/** The pixels of images and the network of their distributions: p(x | y) = Π p(x_i | x_<i, y). */
export class Pixels implements Layer {
  readonly spec: DataSpec;
  readonly image: ImageColumn;
  readonly label: LabelColumn | undefined;
  readonly network: PixelNetwork;
  readonly likelihood: Likelihood;
  readonly prior: Variable | undefined;

  constructor({ spec, network, likelihood, prior }: PixelsOptions) {
    this.spec = spec;
    this.image = imageColumn(spec);
    this.label = labelColumn(spec);
    this.network = network;
    this.likelihood = likelihood;
    this.prior = prior;
  }

  get variables(): Variables {
    const { network, prior } = this;
    return collect({ network, ...(prior && { prior }) });
  }

  /** The levels of all images, one after another. @throws InputError for rows that are no such images. */
  levels(x: Rows): Int32Array {
    const { name } = this.image;
    const { columns } = conform(selectSpec(this.spec, [name]), downloadSync(select(x, [name])));
    return Int32Array.from(columns[name]!.data as Int32Array);
  }

  /** The levels on the engine, int32 [count, size]. */
  tensor(x: Rows): Tensor {
    return tidy(() => cast(reshape(tensor(x, this.image.name), [x.length, this.image.size]), "int32"));
  }

  /** Levels as the network takes them, from 0 to 1. */
  scaled(levels: Tensor): Tensor {
    return tidy(() => div(cast(levels, "float32"), this.image.field.levels - 1));
  }

  /** Labels [count] as the network takes them, [count, classes]. */
  oneHot(labels: Tensor): Tensor {
    return oneHot(labels, this.label!.field.levels);
  }

  /** log p(x_i | x_<i, y) of every pixel of int32 levels: [count, size], in nats. */
  logProbs(levels: Tensor, label?: Tensor): Tensor {
    return tidy(() => this.likelihood.logProb(this.network.all(this.scaled(levels), label), levels));
  }

  /** log p(x_i = level | x_<i, y) of all levels, from images and labels: [count, ...shape, levels]. */
  distributions(images: Tensor, labels?: Tensor): Tensor {
    return tidy(() => {
      const { size, field } = this.image;
      const x = this.scaled(reshape(images, [-1, size]));
      const numbers = this.network.all(x, labels && this.oneHot(labels));
      const { logits } = this.likelihood.distribution(reshape(numbers, [-1, this.likelihood.numbers]));
      return reshape(logits, [-1, ...field.shape, field.levels]);
    });
  }

  /** Σ log p(x_i | x_<i, y) over a part of the pixels: [count], some images at a time. */
  logProb(levels: Int32Array, { from, to, label }: Part): Tensor {
    const { size } = this.image;
    const count = levels.length / size;
    // Guard: the wasm back end sums an empty axis to whatever lies in its memory.
    if (from === to) return zeros([count]);
    const together = Math.max(1, Math.floor(most / this.network.activations));
    return tidy(() => {
      const sums: Tensor[] = [zeros([0])];
      for (let at = 0; at < count; at += together) {
        const some = levels.subarray(at * size, (at + together) * size);
        const rows = some.length / size;
        sums.push(
          tidy(() => {
            const known = label === undefined ? undefined : this.oneHot(fill([rows], label, "int32"));
            const logProbs = this.logProbs(tensor2d(some, [rows, size], "int32"), known);
            return sum(slice(logProbs, [0, from], [rows, to - from]), 1);
          }),
        );
      }
      return concat(sums);
    });
  }
}
