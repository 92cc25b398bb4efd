import type { Tensor } from "@tensorflow/tfjs-core";
import { add, makeTensor, matMul, mul } from "../backend/engine.js";
import { InputError } from "../errors.js";
import * as float64 from "./float64/index.js";
import { matrixTranspose, squareSize } from "./matrices.js";
import { triangularSolve } from "./triangular-solve.js";
import { withGradient } from "./with-gradient.js";

function factors(a: Tensor, n: number): Tensor {
  const values = a.dataSync();
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += n * n) {
    const factor = float64.cholesky(values.subarray(start, start + n * n), n);
    if (factor === undefined) {
      throw new InputError(
        `cholesky: matrix ${start / (n * n)} is not positive definite: add a small multiple of the identity to it.`,
      );
    }
    result.set(factor, start);
  }
  return makeTensor(result, a.shape);
}

/** Φ: the lower triangle with the diagonal halved. */
function lowerHalf(n: number): Tensor {
  const mask = Float32Array.from({ length: n * n }, (_, index) => {
    const row = Math.floor(index / n);
    const column = index % n;
    return row > column ? 1 : row === column ? 0.5 : 0;
  });
  return makeTensor(mask, [n, n]);
}

/** Ā = ½ (S + Sᵀ) with S = L⁻ᵀ Φ(Lᵀ L̄) L⁻¹. */
function pullBack(l: Tensor, dy: Tensor, n: number): Tensor {
  const inner = mul(matMul(l, dy, true), lowerHalf(n));
  const left = triangularSolve(l, inner, { transpose: true });
  const both = triangularSolve(l, matrixTranspose(left), { transpose: true });
  return mul(add(both, matrixTranspose(both)), 0.5);
}

/**
 * The lower triangular L with L Lᵀ = A for symmetric positive definite matrices [..., n, n], differentiable to any
 * order; the gradient is the symmetric one.
 *
 * Computed in float64 in JavaScript from values that are read synchronously; only the lower triangle is read. Throws
 * InputError when a matrix is not positive definite.
 * Source of the gradient: I. Murray, "Differentiation of the Cholesky decomposition" (2016).
 */
export function cholesky(a: Tensor): Tensor {
  const n = squareSize(a, "cholesky");
  return withGradient(
    [a],
    () => factors(a, n),
    (dy, [saved]) => [pullBack(cholesky(saved!), dy, n)],
  );
}
