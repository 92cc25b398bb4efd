import { numbers, restoreNumbers, type Arrays } from "../optimizers/saved.js";
import type { Columns } from "./columns.js";
import type { Design, Targets } from "./design.js";

/** What is known of the data before the first step: rows of each class, and mean and spread of each number. */
export class Moments {
  /** The weights of each class's rows, summed. */
  readonly weights: Float64Array;
  readonly means: Float64Array;
  /** Σ weight · (x - mean)² of numbers; the weight of rows that have a level. */
  readonly squares: Float64Array;

  constructor(classes: number, { units, features }: Pick<Columns, "units" | "features">) {
    this.weights = new Float64Array(classes);
    this.means = new Float64Array(units.length);
    this.squares = new Float64Array(features);
  }

  /** The weights of all rows, summed. */
  get total(): number {
    return this.weights.reduce((sum, weight) => sum + weight, 0);
  }

  /** Adds rows, in one pass: the numbers that a sparse row leaves out at last, as so many zeros. */
  add({ rows, dense, sparse }: Design, { labels, weights }: Targets): void {
    const width = this.means.length;
    let { total } = this;
    const seen = new Float64Array(width).fill(total);
    for (let row = 0; row < rows; row++) {
      const weight = weights[row]!;
      if (weight === 0) continue;
      this.weights[labels[row]!]! += weight;
      total += weight;
      if (dense.length > 0)
        for (let j = 0; j < width; j++) this.addNumber(j, dense[row * width + j]!, weight, seen);
      for (let i = sparse.offsets[row]!; i < sparse.offsets[row + 1]!; i++) {
        const j = sparse.features[i]!;
        if (j < width) this.addNumber(j, sparse.values[i]!, weight, seen);
        else this.squares[j]! += weight;
      }
    }
    for (let j = 0; j < width; j++) if (seen[j]! < total) this.addNumber(j, 0, total - seen[j]!, seen);
  }

  /**
   * Adds a number of some weight to those seen.
   * Source: Updating mean and variance estimates: an improved method (West, 1979).
   */
  private addNumber(j: number, value: number, weight: number, seen: Float64Array): void {
    const before = seen[j]!;
    const total = before + weight;
    const share = weight / total;
    const delta = value - this.means[j]!;
    seen[j] = total;
    this.means[j]! += delta * share;
    this.squares[j]! += delta * delta * share * before;
  }

  state(): Arrays {
    return new Map([
      ["classWeights", numbers(this.weights)],
      ["means", numbers(this.means)],
      ["squares", numbers(this.squares)],
    ]);
  }

  restore(state: Arrays): void {
    restoreNumbers(state, "classWeights", this.weights);
    restoreNumbers(state, "means", this.means);
    restoreNumbers(state, "squares", this.squares);
  }
}
