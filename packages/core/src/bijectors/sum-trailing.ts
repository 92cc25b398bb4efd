import type { Tensor } from "@tensorflow/tfjs-core";
import { clone, sum } from "../backend/engine.js";

/** The sum over the last `count` axes, a new tensor. */
export const sumTrailing = (x: Tensor, count: number): Tensor =>
  count === 0
    ? clone(x)
    : sum(
        x,
        Array.from({ length: count }, (_, index) => x.rank - 1 - index),
      );
