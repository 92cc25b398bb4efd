import type { Tensor } from "@tensorflow/tfjs-core";
import { makeTensor, matMul, mul, neg, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { broadcastShapes, broadcastToShape } from "./broadcast.js";
import * as float64 from "./float64/index.js";
import { squareSize } from "./matrices.js";
import { withGradient } from "./with-gradient.js";

function solutions(l: Tensor, b: Tensor, n: number, transpose: boolean): Tensor {
  const factors = l.dataSync();
  const rightSides = b.dataSync();
  const columns = b.shape.at(-1)!;
  const solve = transpose ? float64.solveLowerTransposed : float64.solveLower;
  const result = new Float32Array(rightSides.length);
  for (let index = 0; index * n * n < factors.length; index++) {
    const factor = factors.subarray(index * n * n, (index + 1) * n * n);
    const rightSide = rightSides.subarray(index * n * columns, (index + 1) * n * columns);
    result.set(solve(factor, n, rightSide), index * n * columns);
  }
  return makeTensor(result, b.shape);
}

function lowerTriangle(n: number): Tensor {
  const mask = Float32Array.from({ length: n * n }, (_, index) =>
    Math.floor(index / n) >= index % n ? 1 : 0,
  );
  return makeTensor(mask, [n, n]);
}

function solveBatch(l: Tensor, b: Tensor, n: number, transpose: boolean): Tensor {
  return withGradient(
    [l, b],
    () => solutions(l, b, n, transpose),
    (dy, [factor, rightSide]) => {
      const x = solveBatch(factor!, rightSide!, n, transpose);
      const rightSideGradient = solveBatch(factor!, dy, n, !transpose);
      const outer = transpose
        ? matMul(x, rightSideGradient, false, true)
        : matMul(rightSideGradient, x, false, true);
      return [neg(mul(outer, lowerTriangle(n))), rightSideGradient];
    },
  );
}

/**
 * X with L X = B, or Lᵀ X = B with `transpose`, for lower triangular L [..., n, n] and B [..., n, m]; leading axes
 * broadcast; differentiable in both to any order.
 *
 * Computed in float64 in JavaScript from values that are read synchronously; only L's lower triangle is read. Throws
 * InputError when the shapes do not fit.
 */
export function triangularSolve(
  l: Tensor,
  b: Tensor,
  options: { readonly transpose?: boolean } = {},
): Tensor {
  const n = squareSize(l, "triangularSolve");
  const columns = b.shape.at(-1);
  if (columns === undefined || b.shape.at(-2) !== n) {
    throw new InputError(`triangularSolve needs right sides [..., ${n}, m], not [${b.shape.join(", ")}].`);
  }
  return tidy(() => {
    const batch = broadcastShapes(l.shape.slice(0, -2), b.shape.slice(0, -2));
    const factor = broadcastToShape(l, [...batch, n, n]);
    const rightSide = broadcastToShape(b, [...batch, n, columns]);
    return solveBatch(factor, rightSide, n, options.transpose ?? false);
  });
}
