import { numbers, restoreNumbers, type Arrays } from "./saved.js";

/**
 * Weights that change now and then, with the average of what they were at each moment: sparse changes cost only
 * themselves.
 * Source: Large margin classification using the perceptron algorithm (Freund & Schapire, 1999).
 */
export class Averaged {
  readonly current: Float64Array;
  /** Σ change · the moments that had passed before it. */
  private readonly late: Float64Array;
  private readonly moments = new Float64Array(1);

  constructor(size: number) {
    this.current = new Float64Array(size);
    this.late = new Float64Array(size);
  }

  /** A new moment begins: what is added from now on counts from here. */
  advance(): void {
    this.moments[0]!++;
  }

  add(at: number, amount: number): void {
    this.current[at]! += amount;
    this.late[at]! += amount * (this.moments[0]! - 1);
  }

  /** The mean over moments of the weights at their ends. */
  average(): Float64Array {
    const moments = Math.max(1, this.moments[0]!);
    return this.current.map((value, i) => value - this.late[i]! / moments);
  }

  state(): Arrays {
    return new Map([
      ["current", numbers(this.current)],
      ["late", numbers(this.late)],
      ["moments", numbers(this.moments)],
    ]);
  }

  restore(state: Arrays): void {
    restoreNumbers(state, "current", this.current);
    restoreNumbers(state, "late", this.late);
    restoreNumbers(state, "moments", this.moments);
  }
}
