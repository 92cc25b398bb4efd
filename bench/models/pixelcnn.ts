import {
  add,
  mean,
  mul,
  pad,
  relu,
  sigmoid,
  slice,
  softplus,
  split,
  sub,
  sum,
  tanh,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { gradient, tensor, type Key } from "@gen/core";
import { Adam, collect, Conv2d, disposeAll, type Layer, type Variables } from "@gen/nn";
import type { Training } from "./training.js";

const channels = 32;

const gate = (x: Tensor): Tensor => {
  const [a, b] = split(x, 2, 1) as [Tensor, Tensor];
  return mul(tanh(a), sigmoid(b));
};

/** Zeros above and on both sides of the image. */
const padded = (x: Tensor, above: number, left: number, right: number): Tensor =>
  pad(x, [
    [0, 0],
    [0, 0],
    [above, 0],
    [left, right],
  ]);

interface Stacks {
  readonly vertical: Tensor;
  readonly horizontal: Tensor;
}

/** A gated layer of both stacks; the masked filters are written as their unmasked taps. */
class Gated implements Layer {
  private readonly vertical: Conv2d;
  private readonly horizontal: Conv2d;
  private readonly link: Conv2d;
  private readonly output: Conv2d;
  private readonly reach: number;

  constructor(
    inputs: number,
    size: number,
    private readonly first: boolean,
    key: Key,
  ) {
    this.reach = Math.floor(size / 2);
    const taps = first ? this.reach : this.reach + 1;
    const outputs = 2 * channels;
    this.vertical = new Conv2d({ inputs, outputs, size: [taps, size], key: key.fold("vertical") });
    this.horizontal = new Conv2d({ inputs, outputs, size: [1, taps], key: key.fold("horizontal") });
    this.link = new Conv2d({ inputs: outputs, outputs, size: 1, key: key.fold("link") });
    this.output = new Conv2d({ inputs: channels, outputs: channels, size: 1, key: key.fold("output") });
  }

  get variables(): Variables {
    const { vertical, horizontal, link, output } = this;
    return collect({ vertical, horizontal, link, output });
  }

  call({ vertical, horizontal }: Stacks): Stacks {
    const { reach, first } = this;
    const [above, left] = [padded(vertical, reach, reach, reach), padded(horizontal, 0, reach, 0)];
    const [count, inputs, height, width] = vertical.shape as [number, number, number, number];
    // The first layer does not see the pixel itself: the last row, the last column fall away.
    const down = this.vertical.call(
      first ? slice(above, [0, 0, 0, 0], [count, inputs, height + reach - 1, width + 2 * reach]) : above,
    );
    const right = this.horizontal.call(
      first ? slice(left, [0, 0, 0, 0], [count, inputs, height, width + reach - 1]) : left,
    );
    const across = this.output.call(gate(add(right, this.link.call(down))));
    return { vertical: gate(down), horizontal: first ? across : add(horizontal, across) };
  }
}

/** A gated PixelCNN of black and white images (Conditional image generation with PixelCNN decoders, van den Oord et al., 2016). */
export function pixelCnn(key: Key): Training & { negativeLogLikelihood(x: Tensor): Tensor } {
  const first = new Gated(1, 7, true, key.fold("first"));
  const blocks = Array.from({ length: 5 }, (_, i) => new Gated(channels, 3, false, key.fold(i)));
  const before = new Conv2d({ inputs: channels, outputs: channels, size: 1, key: key.fold("before") });
  const last = new Conv2d({ inputs: channels, outputs: 1, size: 1, key: key.fold("last") });
  const all = collect({ first, ...Object.fromEntries(blocks.map((block, i) => [i, block])), before, last });
  const logits = (x: Tensor): Tensor => {
    const begun = first.call({ vertical: x, horizontal: x });
    const { horizontal } = blocks.reduce((stacks, block) => block.call(stacks), begun);
    return last.call(relu(before.call(relu(horizontal))));
  };
  /** Nats of each image. */
  const negativeLogLikelihood = (x: Tensor): Tensor => {
    const l = logits(x);
    return sum(sub(softplus(l), mul(l, x)), [1, 2, 3]);
  };
  const variables = Object.values(all);
  const trainer = gradient({
    variables,
    optimizer: new Adam({ learningRate: 1e-3 }),
    loss: (rows) => ({ loss: mean<Scalar>(negativeLogLikelihood(tensor(rows, "x"))) }),
  });
  return {
    batch: 64,
    variables,
    trainers: [trainer],
    negativeLogLikelihood,
    [Symbol.dispose]() {
      trainer[Symbol.dispose]();
      disposeAll(all);
    },
  };
}
