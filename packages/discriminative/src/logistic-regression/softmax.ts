import type { Design } from "./design.js";
import { transposed, type Product } from "./product.js";

/** A linear map from features to outputs. */
export interface Linear {
  readonly outputs: number;
  /** [features, outputs], row-major: of the numbers first. */
  readonly weights: Float64Array;
  /** [outputs] */
  readonly intercepts: Float64Array;
}

/** The outputs of each row, [rows, outputs]. */
export function logitsOf(
  design: Design,
  { outputs, weights, intercepts }: Linear,
  product: Product,
): Float64Array {
  const { rows, numbers, ones } = design;
  const width = rows === 0 ? 0 : numbers.length / rows;
  // The narrow matrix is laid out by outputs, here and in `pulledBack`, so that the wide one is read as it lies.
  const byOutput = transposed(weights.subarray(0, width * outputs), width, outputs);
  const logits = product(numbers, byOutput, { rows, inner: width, columns: outputs, transposeB: true });
  for (let at = 0; at < logits.length; at += outputs)
    for (let k = 0; k < outputs; k++) logits[at + k]! += intercepts[k]!;
  const indicators = rows === 0 ? 0 : ones.length / rows;
  for (let i = 0; i < ones.length; i++) {
    const [from, to] = [ones[i]! * outputs, Math.floor(i / indicators) * outputs];
    for (let k = 0; k < outputs; k++) logits[to + k]! += weights[from + k]!;
  }
  return logits;
}

/** Σ residual · feature over rows, [features, outputs], written to `into`. */
export function pulledBack(
  design: Design,
  residuals: Float64Array,
  into: Float64Array,
  product: Product,
): void {
  const { rows, numbers, ones } = design;
  if (rows === 0) return;
  const outputs = residuals.length / rows;
  const [width, indicators] = [numbers.length / rows, ones.length / rows];
  const shape = { rows: outputs, inner: rows, columns: width, transposeA: true };
  const byOutput = product(residuals, numbers, shape);
  for (let k = 0; k < outputs; k++)
    for (let j = 0; j < width; j++) into[j * outputs + k] = byOutput[k * width + j]!;
  for (let i = 0; i < ones.length; i++) {
    const [from, to] = [Math.floor(i / indicators) * outputs, ones[i]! * outputs];
    for (let k = 0; k < outputs; k++) into[to + k]! += residuals[from + k]!;
  }
}
