import { numbers, restoreNumbers, type Arrays } from "../optimizers/saved.js";
import type { Design, Targets } from "./design.js";

/** What is known of the data before the first step: rows of each class, and mean and spread of each number. */
export class Moments {
  /** The weights of each class's rows, summed. */
  readonly weights: Float64Array;
  readonly means: Float64Array;
  /** Σ weight · (x - mean)² of numbers; the weight of rows that have a level. */
  readonly squares: Float64Array;

  constructor(classes: number, numbers: number, features: number) {
    this.weights = new Float64Array(classes);
    this.means = new Float64Array(numbers);
    this.squares = new Float64Array(features);
  }

  /** The weights of all rows, summed. */
  get total(): number {
    return this.weights.reduce((sum, weight) => sum + weight, 0);
  }

  /**
   * Adds rows, in one pass.
   * Source: Updating mean and variance estimates: an improved method (West, 1979).
   */
  add({ rows, numbers: x, ones }: Design, { labels, weights }: Targets): void {
    const { means, squares } = this;
    const d = means.length;
    const indicators = rows === 0 ? 0 : ones.length / rows;
    let { total } = this;
    for (let row = 0; row < rows; row++) {
      const weight = weights[row]!;
      if (weight === 0) continue;
      this.weights[labels[row]!]! += weight;
      total += weight;
      const share = weight / total;
      const first = row * d;
      for (let j = 0; j < d; j++) {
        const delta = x[first + j]! - means[j]!;
        const step = delta * share;
        means[j] = means[j]! + step;
        squares[j] = squares[j]! + weight * delta * (delta - step);
      }
      for (let j = 0; j < indicators; j++) squares[ones[row * indicators + j]!]! += weight;
    }
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
