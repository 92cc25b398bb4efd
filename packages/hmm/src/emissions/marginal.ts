import * as float64 from "@gen/core/float64";
import { InputError } from "@gen/core/manifest";

/** A Gaussian seen through some of its columns: how probable they are, and what they say of the others. */
export interface Marginal {
  readonly observed: readonly number[];
  readonly missing: readonly number[];
  /** The inverse of the Cholesky factor of the observed columns' covariance, lower [observed, observed]. */
  readonly inverse: Float64Array;
  /** -d/2 log 2π - 1/2 log |Σ| of the observed columns. */
  readonly constant: number;
  /** Σ_mo Σ_oo⁻¹: [missing, observed]. */
  readonly regression: Float64Array;
  /** The covariance of the missing columns given the observed: [missing, missing]. */
  readonly residual: Float64Array;
}

/** @throws InputError when the covariance is not positive definite. */
export function marginalOf(covariance: Float64Array, columns: number, observed: readonly number[]): Marginal {
  const missing = Array.from({ length: columns }, (_, j) => j).filter((j) => !observed.includes(j));
  const part = (rows: readonly number[], across: readonly number[]): Float64Array =>
    Float64Array.from(rows.flatMap((i) => across.map((j) => covariance[i * columns + j]!)));
  const o = observed.length;
  const lower = float64.cholesky(part(observed, observed), o);
  if (!lower)
    throw new InputError(
      "The covariance of a state is not positive definite: raise regularization, use fewer states, or leave out columns that others determine.",
    );
  const inverse = invertLower(lower, o);
  let constant = (-o / 2) * Math.log(2 * Math.PI);
  for (let i = 0; i < o; i++) constant += Math.log(inverse[i * (o + 1)]!);
  const cross = part(missing, observed);
  const regression = new Float64Array(missing.length * o);
  missing.forEach((_, m) =>
    regression.set(float64.choleskySolve(lower, o, cross.subarray(m * o, (m + 1) * o)), m * o),
  );
  const residual = part(missing, missing);
  const count = missing.length;
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++)
      for (let j = 0; j < o; j++)
        residual[a * count + b] = residual[a * count + b]! - regression[a * o + j]! * cross[b * o + j]!;
  return { observed, missing, inverse, constant, regression, residual };
}

function invertLower(lower: Float64Array, d: number): Float64Array {
  const identity = new Float64Array(d * d);
  for (let i = 0; i < d; i++) identity[i * (d + 1)] = 1;
  return float64.solveLower(lower, d, identity);
}

/** log N(x; μ, Σ) of the observed columns; `centred` is x - μ, of all columns. */
export function logDensity({ observed, inverse, constant }: Marginal, centred: Float64Array): number {
  const o = observed.length;
  let total = 0;
  for (let row = 0, at = 0; row < o; row++, at += o) {
    let y = 0;
    for (let k = 0; k <= row; k++) y += inverse[at + k]! * centred[observed[k]!]!;
    total += y * y;
  }
  return constant - total / 2;
}

/** Puts what is expected of the missing columns, given the observed, into `centred`. */
export function complete({ observed, missing, regression }: Marginal, centred: Float64Array): void {
  const o = observed.length;
  missing.forEach((column, m) => {
    let value = 0;
    for (let j = 0; j < o; j++) value += regression[m * o + j]! * centred[observed[j]!]!;
    centred[column] = value;
  });
}
