import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  clipByValue,
  exp,
  log,
  log1p,
  max,
  maximum,
  minimum,
  mul,
  reshape,
  sub,
  sum,
  tidy,
} from "../backend/engine.js";
import { broadcastShapes, broadcastToShape } from "./broadcast.js";
import { withGradient } from "./with-gradient.js";

const largest = 3.4028234663852886e38;

/** ±Infinity replaced by the largest float32, so that -Infinity minus it stays -Infinity and is never NaN. */
const finite = (x: Tensor): Tensor => clipByValue(x, -largest, largest);

/** exp(x - total), the gradient of logSumExp: 0 where both are -Infinity, 1 where both are Infinity. */
const weight = (x: Tensor, total: Tensor): Tensor => exp(sub(minimum(x, largest), finite(total)));

function reduce(x: Tensor, axes: readonly number[]): Tensor {
  const value = (): Tensor => {
    const peak = finite(max(x, [...axes], true));
    return add(log(sum(exp(sub(x, peak)), [...axes], true)), peak);
  };
  return withGradient([x], value, (dy, [saved]) => [mul(dy, weight(saved!, reduce(saved!, axes)))]);
}

/**
 * log Σ exp(x) over the given axes (all by default), differentiable to any order.
 *
 * Where all entries are -Infinity the value is -Infinity and the gradient 0, never NaN; where one is Infinity the
 * value is Infinity and that entry's gradient is 1.
 */
export function logSumExp(x: Tensor, axis?: number | readonly number[], keepDims = false): Tensor {
  return tidy(() => {
    const axes = (axis === undefined ? x.shape.map((_, index) => index) : [axis].flat()).map((index) =>
      index < 0 ? index + x.rank : index,
    );
    const total = reduce(x, axes);
    return keepDims
      ? total
      : reshape(
          total,
          x.shape.filter((_, index) => !axes.includes(index)),
        );
  });
}

/** log(exp(a) + exp(b)), broadcast and differentiable, with logSumExp's rules for infinities. */
export function logAddExp(a: Tensor, b: Tensor): Tensor {
  return tidy(() => {
    const shape = broadcastShapes(a.shape, b.shape);
    const inputs = [broadcastToShape(a, shape), broadcastToShape(b, shape)] as const;
    const value = (): Tensor => {
      const larger = maximum(...inputs);
      return add(larger, log1p(exp(sub(minimum(...inputs), finite(larger)))));
    };
    return withGradient(inputs, value, (dy, [x, y]) => {
      const total = logAddExp(x!, y!);
      return [mul(dy, weight(x!, total)), mul(dy, weight(y!, total))];
    });
  });
}
