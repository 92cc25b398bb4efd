import type { Tensor } from "@tensorflow/tfjs-core";
import { zeros } from "../backend/engine.js";
import type { Shape } from "../types.js";
import type { Bijector, WithLogDet } from "./types.js";

/** What bijectors share that only move elements: log |det| = 0. */
export abstract class Rearrangement implements Bijector {
  abstract readonly eventRank: number;
  readonly eventRankOut?: number;
  readonly constantLogDet = true;
  abstract forwardShape(shape: Shape): Shape;
  abstract inverseShape(shape: Shape): Shape;
  abstract forward(z: Tensor): Tensor;
  abstract inverse(x: Tensor): Tensor;

  forwardWithLogDet(z: Tensor): WithLogDet {
    const value = this.forward(z);
    return { value, logDet: zeros(z.shape.slice(0, z.rank - this.eventRank)) };
  }

  inverseWithLogDet(x: Tensor): WithLogDet {
    const value = this.inverse(x);
    return { value, logDet: zeros(x.shape.slice(0, x.rank - (this.eventRankOut ?? this.eventRank))) };
  }
}
