import { relu, reshape, slice, tanh, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import {
  BatchNorm,
  collect,
  Conv2d,
  ConvTranspose2d,
  Dense,
  GroupNorm,
  normal,
  zeros,
  type Layer,
  type Variables,
} from "@gen/nn";
import { CriticLayer, Linear } from "../critic-layer.js";
import { Head } from "../head.js";
import { unchanged, type Critic, type Generator, type Judgement, type Mode, type Pass } from "../networks.js";
import { through, type Part } from "../through.js";

/** What keeps a critic's values in bounds. */
export type Normalisation = "none" | "batch" | "layer" | "spectral";

/** Of the images, and of the networks around them. */
export interface Sizes {
  readonly height: number;
  readonly width: number;
  /** Of the images. */
  readonly colours: number;
  /** Channels after the first halving of the sides; each further one doubles them. */
  readonly channels: number;
  /** How often the sides are halved. */
  readonly stages: number;
}

/** N(0, 0.02²) (Radford, Metz & Chintala, 2016). */
const initial = { weight: normal(0.02), biases: zeros };
const halving = { size: 4, stride: 2, padding: 1, ...initial };

/** Channels after so many halvings, from 1. */
const channelsAt = ({ channels }: Sizes, halvings: number): number => channels * 2 ** (halvings - 1);

/** A layer, batch normalisation, a rectifier. */
class Rectified implements Part, Layer {
  private readonly norm: BatchNorm;

  constructor(
    private readonly layer: Layer & { call(x: Tensor): Tensor },
    channels: number,
  ) {
    this.norm = new BatchNorm({ channels });
  }

  get variables(): Variables {
    return { ...this.layer.variables, ...collect({ norm: this.norm }) };
  }

  run(x: Tensor, mode: Mode): Pass {
    const y = this.layer.call(x);
    if (mode === "evaluation") return { y: relu(this.norm.call(y)), updates: unchanged };
    const normal = this.norm.train(y);
    return { y: relu(normal.y), updates: normal.updates };
  }
}

/** Noise to a small square of many channels, whose sides transposed convolutions double; cut to the images' size. */
export class ConvolutionalGenerator implements Generator {
  private readonly parts: readonly Rectified[];
  private readonly last: ConvTranspose2d;

  constructor(
    inputs: number,
    private readonly sizes: Sizes,
    key: Key,
  ) {
    const { stages, colours } = sizes;
    const [first, side] = [channelsAt(sizes, stages), smallest(sizes)];
    const outputs = first * side.height * side.width;
    const dense = new Dense({ inputs, outputs, bias: false, key: key.fold("dense"), ...initial });
    const square = (z: Tensor): Tensor =>
      reshape(dense.call(z), [z.shape[0], first, side.height, side.width]);
    const doubling = Array.from({ length: stages - 1 }, (_, i) => {
      const [from, to] = [channelsAt(sizes, stages - i), channelsAt(sizes, stages - i - 1)];
      const own = key.fold("doubling").fold(i);
      return new Rectified(
        new ConvTranspose2d({ inputs: from, outputs: to, bias: false, key: own, ...halving }),
        to,
      );
    });
    this.parts = [new Rectified({ variables: dense.variables, call: square }, first), ...doubling];
    this.last = new ConvTranspose2d({
      inputs: channelsAt(sizes, 1),
      outputs: colours,
      key: key.fold("last"),
      ...halving,
    });
  }

  get variables(): Variables {
    return collect({ ...numbered(this.parts), last: this.last });
  }

  run(z: Tensor, mode: Mode): Pass {
    const { y, updates } = through(this.parts, z, mode);
    return { y: tanh(this.cut(this.last.call(y))), updates };
  }

  /** The middle of images that halving and doubling made larger. */
  private cut(images: Tensor): Tensor {
    const { height, width } = this.sizes;
    const [rows, columns] = images.shape.slice(2) as [number, number];
    if (rows === height && columns === width) return images;
    const from = [0, 0, Math.floor((rows - height) / 2), Math.floor((columns - width) / 2)];
    return slice(images, from, [-1, -1, height, width]);
  }
}

/** The sides that doubling begins with. */
function smallest({ height, width, stages }: Sizes): { readonly height: number; readonly width: number } {
  const halved = (side: number): number => Math.ceil(side / 2 ** stages);
  return { height: halved(height), width: halved(width) };
}

const numbered = <L extends Layer>(parts: readonly L[]): Readonly<Record<string, L>> =>
  Object.fromEntries(parts.map((part, i) => [String(i), part]));

export interface ConvolutionalCriticOptions {
  readonly sizes: Sizes;
  readonly classes: number;
  readonly normalisation: Normalisation;
  readonly key: Key;
}

/** Convolutions that halve the sides, normalised but for the first, and a head. */
export class ConvolutionalCritic implements Critic {
  readonly rowsMix: boolean;
  readonly spectral: boolean;
  private readonly layers: readonly CriticLayer[];
  private readonly head: Head;

  constructor({ sizes, classes, normalisation, key }: ConvolutionalCriticOptions) {
    const spectral = normalisation === "spectral";
    this.spectral = spectral;
    this.rowsMix = normalisation === "batch" && sizes.stages > 1;
    this.layers = Array.from({ length: sizes.stages }, (_, i) => {
      const outputs = channelsAt(sizes, i + 1);
      const norm = i > 0 ? normOf(normalisation, outputs) : undefined;
      const layer = new Conv2d({
        inputs: i > 0 ? channelsAt(sizes, i) : sizes.colours,
        outputs,
        bias: norm === undefined,
        key: key.fold(i),
        ...halving,
      });
      return new CriticLayer(new Linear(layer, { spectral, key: key.fold("spectral").fold(i) }), norm);
    });
    this.head = new Head({
      width: featuresOf(sizes),
      classes,
      spectral,
      key: key.fold("head"),
      ...initial,
    });
  }

  get variables(): Variables {
    return collect({ ...numbered(this.layers), head: this.head });
  }

  judge(x: Tensor, y: Tensor | undefined, mode: Mode): Judgement {
    const { y: seen, updates } = through(this.layers, x, mode);
    const judged = this.head.run(reshape(seen, [x.shape[0], -1]), y, mode);
    return { ...judged, updates: new Map([...updates, ...judged.updates]) };
  }
}

function normOf(normalisation: Normalisation, channels: number): BatchNorm | GroupNorm | undefined {
  if (normalisation === "batch") return new BatchNorm({ channels });
  return normalisation === "layer" ? new GroupNorm({ channels, groups: 1 }) : undefined;
}

/** How many numbers are left of an image after all halvings. */
export function featuresOf(sizes: Sizes): number {
  const halved = (side: number): number => Math.floor(side / 2 ** sizes.stages);
  return channelsAt(sizes, sizes.stages) * halved(sizes.height) * halved(sizes.width);
}

/** The parameters of both networks but biases, norms and the classes' vectors. */
export function parametersOf(inputs: number, sizes: Sizes): number {
  const { stages, colours } = sizes;
  const side = smallest(sizes);
  const filters = Array.from({ length: stages }, (_, i) => {
    const narrow = i > 0 ? channelsAt(sizes, i) : colours;
    return 16 * narrow * channelsAt(sizes, i + 1);
  }).reduce((a, b) => a + b, 0);
  return 2 * filters + inputs * channelsAt(sizes, stages) * side.height * side.width + featuresOf(sizes);
}
