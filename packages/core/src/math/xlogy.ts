import type { Tensor } from "@tensorflow/tfjs-core";
import { equal, log, log1p, logicalAnd, lessEqual, mul, tidy, where } from "../backend/engine.js";
import { broadcastShapes, broadcastToShape } from "./broadcast.js";

/** y, or the given value where x = 0 and y is at or below the logarithm's singularity. */
function guarded(x: Tensor, y: Tensor, singularity: number): readonly [x: Tensor, y: Tensor] {
  const shape = broadcastShapes(x.shape, y.shape);
  const factor = broadcastToShape(x, shape);
  const argument = broadcastToShape(y, shape);
  const singular = logicalAnd(equal(factor, 0), lessEqual(argument, singularity));
  return [factor, where(singular, singularity + 1, argument)];
}

/** x log y, and 0 with zero gradients where x = 0 and y ≤ 0; broadcast and differentiable. */
export function xlogy(x: Tensor, y: Tensor): Tensor {
  return tidy(() => {
    const [factor, argument] = guarded(x, y, 0);
    return mul(factor, log(argument));
  });
}

/** x log(1 + y), and 0 with zero gradients where x = 0 and y ≤ -1; broadcast and differentiable. */
export function xlog1py(x: Tensor, y: Tensor): Tensor {
  return tidy(() => {
    const [factor, argument] = guarded(x, y, -1);
    return mul(factor, log1p(argument));
  });
}
