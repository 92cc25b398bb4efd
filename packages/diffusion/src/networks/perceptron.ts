import { add, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Dense, silu, zeros, type Layer, type Variables } from "@gen/nn";
import type { Network, NetworkOptions } from "./network.js";
import { TimeEmbedding } from "./time-embedding.js";

export interface PerceptronOptions extends NetworkOptions {
  readonly hidden: number;
  /** Residual blocks of two layers. */
  readonly blocks: number;
  readonly key: Key;
}

/** Two layers with the time between them, beside a skip. */
class Block implements Layer {
  private readonly first: Dense;
  private readonly second: Dense;
  private readonly time: Dense;

  constructor(hidden: number, key: Key) {
    const layer = (name: string): Dense =>
      new Dense({ inputs: hidden, outputs: hidden, key: key.fold(name) });
    this.first = layer("first");
    this.second = layer("second");
    this.time = layer("time");
  }

  get variables(): Variables {
    return collect({ first: this.first, second: this.second, time: this.time });
  }

  call(x: Tensor, time: Tensor): Tensor {
    return add(x, this.second.call(silu(add(this.first.call(silu(x)), this.time.call(time)))));
  }
}

/** A residual multilayer perceptron over rows of numbers and the time. */
export class Perceptron implements Network {
  private readonly time: TimeEmbedding;
  private readonly input: Dense;
  private readonly blocks: readonly Block[];
  private readonly output: Dense;

  constructor({ shape, times, labels, hidden, blocks, key }: PerceptronOptions) {
    const width = shape.reduce((product, size) => product * size, 1);
    this.time = new TimeEmbedding({ width: hidden, times, labels, key: key.fold("time") });
    this.input = new Dense({ inputs: width, outputs: hidden, key: key.fold("input") });
    this.blocks = Array.from({ length: blocks }, (_, i) => new Block(hidden, key.fold("block").fold(i)));
    const still = { weight: zeros, biases: zeros };
    this.output = new Dense({ inputs: hidden, outputs: width, key: key.fold("output"), ...still });
  }

  get variables(): Variables {
    const { time, input, blocks, output } = this;
    const numbered = Object.fromEntries(blocks.map((block, i) => [`block/${i}`, block]));
    return collect({ time, input, ...numbered, output });
  }

  call(x: Tensor, times: Tensor, labels?: Tensor): Tensor {
    return tidy(() => {
      const time = this.time.call(times, labels);
      const h = this.blocks.reduce((before, block) => block.call(before, time), this.input.call(x));
      return this.output.call(silu(h));
    });
  }
}

/** How many parameters the network has, known before it is made. */
export function perceptronParameters({
  shape,
  labels,
  hidden,
  blocks,
}: Omit<PerceptronOptions, "key" | "times">): number {
  const width = shape.reduce((product, size) => product * size, 1);
  const dense = (inputs: number, outputs: number): number => (inputs + 1) * outputs;
  const label = labels === undefined ? 0 : (labels + 1) * hidden;
  const time = dense(2 * Math.ceil(hidden / 2), hidden) + dense(hidden, hidden) + label;
  return time + 3 * blocks * dense(hidden, hidden) + dense(width, hidden) + dense(hidden, width);
}
