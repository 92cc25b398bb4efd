import { InputError } from "../../errors.js";
import { chunks } from "../chunks.js";
import { sizeOf } from "../column.js";
import { select } from "../select.js";
import type { JsonObject } from "../json.js";
import type { Dataset, Encoding } from "../types.js";
import { affine, affineFromJson, type Affine } from "./affine.js";
import { chosenFields, isReal, numericColumn, type NumericColumn } from "./columns.js";

/**
 * Brings every element of the real x fields to mean 0 and deviation 1 on this data set: z = (x - mean) / deviation,
 * log |det dz/dx| = - sum log deviation. The deviation is the maximum-likelihood one; a constant element has 1.
 * In a ragged column all elements of a sequence share their statistics. Missing values are skipped.
 *
 * Throws `InputError` when there is no real x field, no rows, or an element is missing in all of them.
 */
export async function standardise(
  data: Dataset,
  options: { readonly fields?: readonly string[] } = {},
): Promise<Encoding> {
  const fields = chosenFields("standardise", data.spec, isReal, options.fields);
  const moments = Object.entries(fields).map(([name, field]) => ({
    name,
    moments: new Moments(sizeOf(field.shape)),
  }));
  for await (const rows of chunks(data)) {
    for (const each of moments) {
      if (Object.hasOwn(rows.columns, each.name))
        each.moments.add(numericColumn(select(rows, [each.name]), each.name));
    }
  }
  return affine(
    "standardise",
    data.spec,
    Object.fromEntries(moments.map((each) => [each.name, each.moments.affine(each.name)])),
  );
}

export const standardiseFromJson = (json: JsonObject): Encoding => affineFromJson("standardise", json);

/**
 * Mean and squared deviations of each element in one pass.
 * Source: Note on a method for calculating corrected sums of squares and products (B. P. Welford, 1962).
 */
class Moments {
  private readonly count: Float64Array;
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;

  constructor(size: number) {
    this.count = new Float64Array(size);
    this.mean = new Float64Array(size);
    this.squares = new Float64Array(size);
  }

  add({ data }: NumericColumn): void {
    const size = this.count.length;
    for (let i = 0, element = 0; i < data.length; i++, element = element + 1 === size ? 0 : element + 1) {
      const value = data[i]!;
      if (Number.isNaN(value)) continue;
      const count = (this.count[element]! += 1);
      const delta = value - this.mean[element]!;
      const mean = (this.mean[element]! += delta / count);
      this.squares[element]! += delta * (value - mean);
    }
  }

  affine(name: string): Affine {
    const factor = this.squares.map((squares, element) => {
      const count = this.count[element]!;
      if (count === 0) {
        throw new InputError(
          `Column "${name}" has no value to standardise by${this.count.length > 1 ? ` in element ${element}` : ""}; leave it out or give data that have one.`,
        );
      }
      const variance = squares / count;
      // Guard: a variance within rounding of the mean is that of a constant.
      const rounding = (count * this.mean[element]! * Number.EPSILON) ** 2;
      return variance > rounding ? Math.sqrt(variance) : 1;
    });
    return { shift: this.mean.slice(), factor };
  }
}
