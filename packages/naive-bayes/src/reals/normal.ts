import type { NumericArray } from "@gen/core";
import { InputError } from "@gen/core/parallel";
import { blocksOf, blockSize } from "../blocks.js";
import { placeOf, type FieldOfX } from "../columns.js";
import { measureFor } from "./measure.js";

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
  const measure = measureFor(parameters, size, blockSize(data, size));
  const distances = new Float64Array(4);
  for (const { first, last, values } of blocksOf(data, size, measure.block))
    // Rows outermost: four of them stay in the processor's nearest cache while all classes are asked.
    for (let row = first; row < last; row += 4) {
      const count = Math.min(4, last - row);
      for (let c = 0; c < classes; c++) {
        measure.distances(values, (row - first) * size, c, distances);
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
