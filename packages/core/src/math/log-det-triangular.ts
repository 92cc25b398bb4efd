import type { Tensor } from "@tensorflow/tfjs-core";
import { abs, add, eye, log, mul, sub, sum, tidy } from "../backend/engine.js";
import { squareSize } from "./matrices.js";

/** log |det L| = Σ log |Lᵢᵢ| of triangular matrices [..., n, n]; shape [...]. */
export function logDetTriangular(l: Tensor): Tensor {
  return tidy(() => {
    const identity = eye(squareSize(l, "logDetTriangular"));
    // Off the diagonal log 1 = 0 is summed, which keeps its gradient at zero.
    const diagonal = add(mul(abs(l), identity), sub(1, identity));
    return sum(log(diagonal), [-2, -1]);
  });
}
