import {
  add,
  clipByValue,
  concat,
  div,
  fill,
  mul,
  slice,
  sub,
  tensor,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { CompiledFunction } from "@gen/core";
import type { Network } from "./networks/network.js";
import { levelAt, type Schedule } from "./schedule.js";
import type { Space } from "./space.js";
import { partsOf, perRow, type Mix, type Parts, type Target } from "./targets.js";

export interface DenoiserOptions {
  readonly schedule: Schedule;
  readonly space: Space;
  readonly target: Target;
  readonly network: Network;
}

/** Labels that the network is given, and how strongly they guide it. */
export interface Guide {
  readonly labels: Tensor;
  /** The labels that stand for none. */
  readonly none: Tensor;
  readonly guidance: number;
}

/** Numbers of x that the network is asked about at once, which bounds the memory of many rows. */
const most = 2 ** 18;

/** A network that tells data and noise apart, with what it takes to ask it. */
export class Denoiser implements Disposable {
  readonly schedule: Schedule;
  readonly space: Space;
  readonly target: Target;
  readonly network: Network;
  private readonly compiled: CompiledFunction;

  constructor({ schedule, space, target, network }: DenoiserOptions) {
    this.schedule = schedule;
    this.space = space;
    this.target = target;
    this.network = network;
    this.compiled = new CompiledFunction(([x, times, labels]) => [network.call(x!, times!, labels)]);
  }

  /** Data and noise in x of [rows, ...shape], at one time for all rows. */
  parts(x: Tensor, time: number, guide?: Guide): Parts {
    return this.apart(x, fill([x.shape[0]], time), levelAt(this.schedule, time), guide);
  }

  /** What is expected of the data in x, at the time of each row. */
  expected(x: Tensor, times: Int32Array, guide?: Guide): Tensor {
    const levels = Array.from(times, (time) => levelAt(this.schedule, time));
    const of = (member: "alpha" | "sigma"): Tensor =>
      perRow(
        levels.map((level) => level[member]),
        x,
      );
    const mix = { alpha: of("alpha"), sigma: of("sigma") };
    return this.apart(x, tensor(Float32Array.from(times)), mix, guide).data;
  }

  private apart(x: Tensor, times: Tensor, mix: Mix, guide: Guide | undefined): Parts {
    const parts = partsOf(this.target, this.guided(x, times, guide), x, mix);
    const { range } = this.space;
    if (range === undefined) return parts;
    const data = clipByValue(parts.data, ...range);
    return { data, noise: div(sub(x, mul(data, mix.alpha)), mix.sigma) };
  }

  /**
   * Beyond what a label changes, by a factor: 0 leaves it out, 1 is as learned (Classifier-free diffusion guidance,
   * Ho & Salimans, 2022, with 1 + w as the factor).
   */
  private guided(x: Tensor, times: Tensor, guide: Guide | undefined): Tensor {
    if (guide === undefined || guide.guidance === 1) return this.said(x, times, guide?.labels);
    const without = this.said(x, times, guide.none);
    if (guide.guidance === 0) return without;
    return add(without, mul(sub(this.said(x, times, guide.labels), without), guide.guidance));
  }

  /** What the network says, in parts of many rows. */
  private said(x: Tensor, times: Tensor, labels: Tensor | undefined): Tensor {
    const together = Math.max(1, Math.floor(most / (x.size / x.shape[0])));
    const inputs = labels ? [x, times, labels] : [x, times];
    const parts: Tensor[] = [];
    for (let from = 0; from < x.shape[0]; from += together) {
      const rows = Math.min(together, x.shape[0] - from);
      const some = inputs.map((input) => (rows === x.shape[0] ? input : slice(input, from, rows)));
      parts.push(this.compiled.call(some)[0]!);
    }
    return parts.length === 1 ? parts[0]! : concat(parts, 0);
  }

  [Symbol.dispose](): void {
    this.compiled[Symbol.dispose]();
  }
}
