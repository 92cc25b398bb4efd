import {
  add,
  mul,
  pad,
  reshape,
  sigmoid,
  slice,
  split,
  tanh,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Conv2d, Dense, type Layer, type Variables } from "@gen/nn";

/** tanh(a) σ(b) over the halves of the channels. */
const gate = (x: Tensor): Tensor =>
  tidy(() => {
    const [a, b] = split(x, 2, 1) as [Tensor, Tensor];
    return mul(tanh(a), sigmoid(b));
  });

/** Zeros above and on both sides of the image. */
const padded = (x: Tensor, above: number, left: number, right: number): Tensor =>
  pad(x, [
    [0, 0],
    [0, 0],
    [above, 0],
    [left, right],
  ]);

export interface GatedLayerOptions {
  readonly inputs: number;
  readonly channels: number;
  /** The masked filter's height and width, odd. */
  readonly filter: number;
  /** The first layer does not see the pixel itself (mask A), the others do (mask B). */
  readonly first: boolean;
  readonly classes: number;
  readonly key: Key;
}

/**
 * A gated layer of two stacks: the vertical one sees all rows above, the horizontal one the pixels to the left and,
 * through a link, the vertical one, which leaves no blind spot (Conditional image generation with PixelCNN decoders,
 * van den Oord et al., 2016). Masked filters are written as their unmasked taps.
 */
export class GatedLayer implements Layer {
  readonly reach: number;
  private readonly first: boolean;
  private readonly vertical: Conv2d;
  private readonly horizontal: Conv2d;
  private readonly link: Conv2d;
  private readonly output: Conv2d;
  private readonly labels: { readonly vertical: Dense; readonly horizontal: Dense } | undefined;

  constructor({ inputs, channels, filter, first, classes, key }: GatedLayerOptions) {
    this.reach = Math.floor(filter / 2);
    this.first = first;
    const taps = first ? this.reach : this.reach + 1;
    const outputs = 2 * channels;
    this.vertical = new Conv2d({ inputs, outputs, size: [taps, filter], key: key.fold("vertical") });
    this.horizontal = new Conv2d({ inputs, outputs, size: [1, taps], key: key.fold("horizontal") });
    this.link = new Conv2d({ inputs: outputs, outputs, size: 1, key: key.fold("link") });
    this.output = new Conv2d({ inputs: channels, outputs: channels, size: 1, key: key.fold("output") });
    const label = (name: string): Dense =>
      new Dense({ inputs: classes, outputs, bias: false, key: key.fold("label").fold(name) });
    this.labels = classes > 0 ? { vertical: label("vertical"), horizontal: label("horizontal") } : undefined;
  }

  get variables(): Variables {
    const { vertical, horizontal, link, output, labels } = this;
    return collect({
      vertical,
      horizontal,
      link,
      output,
      ...(labels && { "label/vertical": labels.vertical, "label/horizontal": labels.horizontal }),
    });
  }

  /** The vertical stack from [count, inputs, height, width]: its output, and what it tells the horizontal one. */
  down(x: Tensor, label?: Tensor): { readonly vertical: Tensor; readonly link: Tensor } {
    const { reach, first } = this;
    const [count, inputs, height, width] = x.shape as [number, number, number, number];
    const above = padded(x, reach, reach, reach);
    // The first layer does not see the pixel's own row: the last one falls away.
    const seen = first
      ? slice(above, [0, 0, 0, 0], [count, inputs, height + reach - 1, width + 2 * reach])
      : above;
    const y = withLabel(this.vertical.call(seen), this.labels?.vertical, label);
    return { vertical: gate(y), link: this.link.call(y) };
  }

  /** The horizontal stack from [count, inputs, height, width] and the vertical one's link. */
  across(x: Tensor, link: Tensor, label?: Tensor): Tensor {
    return tidy(() => {
      const { reach, first } = this;
      const [count, inputs, height, width] = x.shape as [number, number, number, number];
      const left = padded(x, 0, reach, 0);
      const seen = first ? slice(left, [0, 0, 0, 0], [count, inputs, height, width + reach - 1]) : left;
      const y = withLabel(this.horizontal.call(seen), this.labels?.horizontal, label);
      const across = this.output.call(gate(add(y, link)));
      return first ? across : add(x, across);
    });
  }
}

/** Adds a bias for each class, the same at every pixel. */
function withLabel(x: Tensor, layer: Dense | undefined, label: Tensor | undefined): Tensor {
  if (!layer || !label) return x;
  return add(x, reshape(layer.call(label), [label.shape[0], -1, 1, 1]));
}
