import { relu, reshape, slice, tidy, transpose, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Conv2d, type Variables } from "@gen/nn";
import type { PixelNetwork } from "../network.js";
import { GatedLayer } from "./gated-layer.js";

export interface GatedNetworkOptions {
  readonly height: number;
  readonly width: number;
  /** Numbers for each pixel. */
  readonly numbers: number;
  /** Classes of the label; 0: none. */
  readonly classes: number;
  readonly channels: number;
  /** Layers after the first. */
  readonly blocks: number;
  readonly key: Key;
}

const [firstFilter, filter] = [7, 3];

/** The gated PixelCNN of images with one channel. */
export class GatedNetwork implements PixelNetwork {
  readonly height: number;
  readonly width: number;
  readonly activations: number;
  private readonly layers: readonly GatedLayer[];
  private readonly before: Conv2d;
  private readonly last: Conv2d;
  /** How many rows above a pixel it sees. */
  private readonly reach: number;

  constructor({ height, width, numbers, classes, channels, blocks, key }: GatedNetworkOptions) {
    this.height = height;
    this.width = width;
    this.activations = height * width * Math.max(2 * channels, numbers);
    const rest = Array.from({ length: blocks }, (_, i) => i);
    this.layers = [
      new GatedLayer({
        inputs: 1,
        channels,
        filter: firstFilter,
        first: true,
        classes,
        key: key.fold("first"),
      }),
      ...rest.map(
        (i) =>
          new GatedLayer({ inputs: channels, channels, filter, first: false, classes, key: key.fold(i) }),
      ),
    ];
    this.before = new Conv2d({ inputs: channels, outputs: channels, size: 1, key: key.fold("before") });
    this.last = new Conv2d({ inputs: channels, outputs: numbers, size: 1, key: key.fold("last") });
    this.reach = this.layers.reduce((sum, layer) => sum + layer.reach, 0);
  }

  get variables(): Variables {
    const { layers, before, last } = this;
    return collect({ ...Object.fromEntries(layers.map((layer, i) => [String(i), layer])), before, last });
  }

  all(x: Tensor, label?: Tensor): Tensor {
    return tidy(() => {
      const { height, width } = this;
      const images = reshape(x, [-1, 1, height, width]);
      return this.head(this.across(images, this.links(images, label), label));
    });
  }

  /** The links of one row, each [count, 2 channels, 1, width]. */
  prepare(x: Tensor, row: number, label?: Tensor): Tensor[] {
    return tidy(() => {
      const { height, width } = this;
      const from = Math.max(0, row - this.reach);
      const images = reshape(x, [-1, 1, height, width]);
      const rows = slice(images, [0, 0, from, 0], [-1, 1, row - from + 1, width]);
      return this.links(rows, label).map((link) => slice(link, [0, 0, row - from, 0], [-1, -1, 1, width]));
    });
  }

  one(x: Tensor, position: number, links: readonly Tensor[], label?: Tensor): Tensor {
    return tidy(() => {
      const { width } = this;
      const [row, column] = [Math.floor(position / width), position % width];
      const line = reshape(slice(x, [0, row * width], [-1, width]), [-1, 1, 1, width]);
      const across = this.across(line, links, label);
      const pixel = this.head(slice(across, [0, 0, 0, column], [-1, -1, 1, 1]));
      return reshape(pixel, [x.shape[0], -1]);
    });
  }

  /** What the vertical stack tells the horizontal one in each layer. */
  private links(images: Tensor, label?: Tensor): Tensor[] {
    const links: Tensor[] = [];
    let x = images;
    for (const layer of this.layers) {
      const { vertical, link } = layer.down(x, label);
      links.push(link);
      x = vertical;
    }
    return links;
  }

  private across(images: Tensor, links: readonly Tensor[], label?: Tensor): Tensor {
    return this.layers.reduce((x, layer, i) => layer.across(x, links[i]!, label), images);
  }

  /** [count, channels, height, width] to [count, pixels, numbers]. */
  private head(x: Tensor): Tensor {
    const y = this.last.call(relu(this.before.call(relu(x))));
    const [count, numbers, height, width] = y.shape as [number, number, number, number];
    return reshape(transpose(y, [0, 2, 3, 1]), [count, height * width, numbers]);
  }
}

/** How many parameters such a network has. */
export function gatedParameters({
  numbers,
  classes,
  channels,
  blocks,
}: Pick<GatedNetworkOptions, "numbers" | "classes" | "channels" | "blocks">): number {
  const outputs = 2 * channels;
  const reach = Math.floor(filter / 2);
  const firstReach = Math.floor(firstFilter / 2);
  const layer = (vertical: number, horizontal: number): number =>
    outputs * (vertical + horizontal + outputs + 3 + 2 * classes) + channels * (channels + 1);
  const first = layer(firstReach * firstFilter, firstReach);
  const other = layer((reach + 1) * filter * channels, (reach + 1) * channels);
  return first + blocks * other + (channels + 1) * (channels + numbers);
}
