import { concat, pad, slice, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { InputError, type Key } from "@gen/core";
import {
  collect,
  Conv2d,
  GroupNorm,
  silu,
  upsampleNearest,
  zeros,
  type Layer,
  type Variables,
} from "@gen/nn";
import type { Network, NetworkOptions } from "./network.js";
import { PixelAttention } from "./pixel-attention.js";
import { groups, Residual } from "./residual.js";
import { TimeEmbedding } from "./time-embedding.js";

export interface UNetOptions extends NetworkOptions {
  /** Channels at the full resolution; twice as many below. */
  readonly channels: number;
  /** The full resolution and its halves. */
  readonly resolutions: number;
  readonly key: Key;
}

/** Channels at each resolution. */
const widths = ({
  channels,
  resolutions,
}: Pick<UNetOptions, "channels" | "resolutions">): readonly number[] =>
  Array.from({ length: resolutions }, (_, i) => (i === 0 ? channels : 2 * channels));

/**
 * A U-Net with the time in every block and attention at the lowest resolution (Denoising diffusion probabilistic
 * models, Ho, Jain & Abbeel, 2020), one residual block at each resolution on the way down and one on the way up.
 */
export class UNet implements Network {
  private readonly time: TimeEmbedding;
  private readonly input: Conv2d;
  private readonly down: readonly { readonly block: Residual; readonly shrink?: Conv2d }[];
  private readonly middle: {
    readonly before: Residual;
    readonly attention: PixelAttention;
    readonly after: Residual;
  };
  private readonly up: readonly { readonly block: Residual; readonly grow?: Conv2d }[];
  private readonly norm: GroupNorm;
  private readonly output: Conv2d;
  private readonly multiple: number;

  /** @throws InputError unless the channels are a multiple of 8. */
  constructor(options: UNetOptions) {
    const { shape, times, labels, channels, resolutions, key } = options;
    if (channels % groups !== 0)
      throw new InputError(`A U-Net's channels must be a multiple of ${groups}, not ${channels}.`);
    const time = 4 * channels;
    const all = widths(options);
    const [lowest, last] = [all.at(-1)!, resolutions - 1];
    const residual = (name: string, inputs: number, outputs: number): Residual =>
      new Residual({ inputs, outputs, time, key: key.fold(name) });
    const convolution = (name: string, inputs: number, outputs: number, stride = 1): Conv2d =>
      new Conv2d({ inputs, outputs, size: 3, stride, padding: 1, key: key.fold(name) });
    this.multiple = 2 ** last;
    this.time = new TimeEmbedding({ width: time, times, labels, key: key.fold("time") });
    this.input = convolution("input", shape[0]!, channels);
    this.down = all.map((width, i) => ({
      block: residual(`down${i}`, all[i - 1] ?? channels, width),
      ...(i < last && { shrink: convolution(`shrink${i}`, width, width, 2) }),
    }));
    this.middle = {
      before: residual("before", lowest, lowest),
      attention: new PixelAttention(lowest, key.fold("attention")),
      after: residual("after", lowest, lowest),
    };
    this.up = all.map((width, i) => ({
      block: residual(`up${i}`, width + (all[i + 1] ?? lowest), width),
      ...(i > 0 && { grow: convolution(`grow${i}`, width, width) }),
    }));
    this.norm = new GroupNorm({ channels, groups });
    this.output = new Conv2d({
      ...{ inputs: channels, outputs: shape[0]!, size: 3, padding: 1, key: key.fold("output") },
      ...{ weight: zeros, biases: zeros },
    });
  }

  get variables(): Variables {
    const { time, input, middle, norm, output } = this;
    const levels: (readonly [string, Layer])[] = [
      ...this.down.flatMap(({ block, shrink }, i) => [
        [`down/${i}/block`, block] as const,
        ...(shrink ? [[`down/${i}/shrink`, shrink] as const] : []),
      ]),
      ...this.up.flatMap(({ block, grow }, i) => [
        [`up/${i}/block`, block] as const,
        ...(grow ? [[`up/${i}/grow`, grow] as const] : []),
      ]),
    ];
    return collect({ time, input, ...Object.fromEntries(levels), ...middle, norm, output });
  }

  /** Sides that can't be halved as often as there are resolutions are padded with zeros inside. */
  call(x: Tensor, times: Tensor, labels?: Tensor): Tensor {
    return tidy(() => {
      const time = this.time.call(times, labels);
      const y = this.run(this.padded(x), time);
      return y.shape.join() === x.shape.join() ? y : slice(y, [0, 0, 0, 0], x.shape);
    });
  }

  private run(x: Tensor, time: Tensor): Tensor {
    const skips: Tensor[] = [];
    let h = this.input.call(x);
    for (const { block, shrink } of this.down) {
      h = block.call(h, time);
      skips.push(h);
      if (shrink) h = shrink.call(h);
    }
    const { before, attention, after } = this.middle;
    h = after.call(attention.call(before.call(h, time)), time);
    for (const [i, { block, grow }] of [...this.up.entries()].reverse()) {
      h = block.call(concat([h, skips[i]!], 1), time);
      if (grow) h = grow.call(upsampleNearest(h, 2));
    }
    return this.output.call(silu(this.norm.call(h)));
  }

  private padded(x: Tensor): Tensor {
    const more = (size: number): number => Math.ceil(size / this.multiple) * this.multiple - size;
    const [height, width] = [more(x.shape[2]!), more(x.shape[3]!)];
    if (height + width === 0) return x;
    const paddings: [number, number][] = [
      [0, 0],
      [0, 0],
      [0, height],
      [0, width],
    ];
    return pad(x, paddings);
  }
}

/** How many parameters the network has, known before it is made. */
export function uNetParameters(options: Omit<UNetOptions, "key" | "times">): number {
  const { shape, labels, channels } = options;
  const all = widths(options);
  const [time, lowest, last] = [4 * channels, all.at(-1)!, all.length - 1];
  const convolution = (inputs: number, outputs: number, area = 9): number => (inputs * area + 1) * outputs;
  const residual = (inputs: number, outputs: number): number =>
    2 * (inputs + outputs) +
    convolution(inputs, outputs) +
    convolution(outputs, outputs) +
    (time + 1) * outputs +
    (inputs === outputs ? 0 : convolution(inputs, outputs, 1));
  const levels = all.map((width, i) => {
    const down = residual(all[i - 1] ?? channels, width) + (i < last ? convolution(width, width) : 0);
    const up = residual(width + (all[i + 1] ?? lowest), width) + (i > 0 ? convolution(width, width) : 0);
    return down + up;
  });
  const attention = 2 * lowest + convolution(lowest, 3 * lowest, 1) + convolution(lowest, lowest, 1);
  const embedding = 2 * (time + 1) * time + (labels === undefined ? 0 : (labels + 1) * time);
  return (
    embedding +
    convolution(shape[0]!, channels) +
    levels.reduce((sum, each) => sum + each, 0) +
    2 * residual(lowest, lowest) +
    attention +
    2 * channels +
    convolution(channels, shape[0]!)
  );
}
