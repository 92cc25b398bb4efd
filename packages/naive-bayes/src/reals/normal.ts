import type { NumericArray } from "@gen/core";
import { InputError } from "@gen/core/parallel";
import { blocksOf } from "../blocks.js";
import { placeOf, type FieldOfX } from "../columns.js";

/** Normal densities of every element in every class, [classes, size], ready to be evaluated. */
export interface Normals {
  readonly classes: number;
  readonly means: Float64Array;
  /** 1 / (2 σ²) */
  readonly halfPrecisions: Float64Array;
  /** -log σ - log(2π)/2 */
  readonly constants: Float64Array;
}

export function normals(means: Float64Array, scales: Float64Array, classes: number): Normals {
  return {
    classes,
    means,
    halfPrecisions: scales.map((scale) => 0.5 / (scale * scale)),
    constants: scales.map((scale) => -Math.log(scale) - Math.log(2 * Math.PI) / 2),
  };
}

/** Adds log N(x; μ_y, σ_y²) over the elements of each row to `into`, [rows, classes]. NaN is left out. */
export function addLogNormals(
  parameters: Normals,
  source: FieldOfX,
  data: NumericArray,
  into: Float64Array,
): void {
  const { classes, constants } = parameters;
  const { size } = source;
  const totals = Float64Array.from({ length: classes }, (_, c) =>
    constants.subarray(c * size, (c + 1) * size).reduce((sum, value) => sum + value, 0),
  );
  const ofClass = (values: Float64Array): Float64Array[] =>
    Array.from({ length: classes }, (_, c) => values.subarray(c * size, (c + 1) * size));
  const [means, weights] = [ofClass(parameters.means), ofClass(parameters.halfPrecisions)];
  const distances = new Float64Array(4);
  for (const { first, last, values } of blocksOf(data, size))
    // Rows outermost: four of them stay in the processor's nearest cache while all classes are asked.
    for (let row = first; row < last; row += 4) {
      const count = Math.min(4, last - row);
      for (let c = 0; c < classes; c++) {
        if (count === 4) fourDistances(values, (row - first) * size, means[c]!, weights[c]!, distances);
        else
          for (let k = 0; k < count; k++)
            distances[k] = distanceOf(values, (row - first + k) * size, means[c]!, weights[c]!);
        for (let k = 0; k < count; k++) {
          const at = (row + k) * classes + c;
          const distance = distances[k]!;
          into[at] =
            into[at]! +
            (Number.isFinite(distance)
              ? totals[c]! - distance
              : withGaps(parameters, source, data, row + k, c));
        }
      }
    }
}

/** Σ (x - μ)² / 2σ² of four rows at once, so that parameters are read once for four numbers. */
function fourDistances(
  x: Float64Array,
  a: number,
  means: Float64Array,
  weights: Float64Array,
  out: Float64Array,
): void {
  const size = means.length;
  const b = a + size;
  const c = b + size;
  const d = c + size;
  let p = 0;
  let q = 0;
  let r = 0;
  let s = 0;
  for (let j = 0; j < size; j++) {
    const mean = means[j]!;
    const weight = weights[j]!;
    const t = x[a + j]! - mean;
    const u = x[b + j]! - mean;
    const v = x[c + j]! - mean;
    const w = x[d + j]! - mean;
    p += t * t * weight;
    q += u * u * weight;
    r += v * v * weight;
    s += w * w * weight;
  }
  out[0] = p;
  out[1] = q;
  out[2] = r;
  out[3] = s;
}

function distanceOf(x: Float64Array, at: number, means: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < means.length; j++) {
    const deviation = x[at + j]! - means[j]!;
    sum += deviation * deviation * weights[j]!;
  }
  return sum;
}

/** One row with what is missing left out: its marginal density. */
function withGaps(
  { means, halfPrecisions, constants }: Normals,
  source: FieldOfX,
  x: NumericArray,
  row: number,
  c: number,
): number {
  const { size } = source;
  let total = 0;
  for (let j = 0; j < size; j++) {
    const value = x[row * size + j]!;
    if (Number.isNaN(value)) continue;
    if (!Number.isFinite(value))
      throw new InputError(
        `${placeOf(source, row * size + j)} is ${value} where a finite number is expected.`,
      );
    const deviation = value - means[c * size + j]!;
    total += constants[c * size + j]! - deviation * deviation * halfPrecisions[c * size + j]!;
  }
  return total;
}
