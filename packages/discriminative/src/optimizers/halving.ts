import type { Search } from "./quasi-newton.js";
import { numbers, restoreNumbers, type Arrays } from "./saved.js";

const mostHalvings = 40;

/** Steps that are halved until one is good. */
export class Halving implements Search {
  /** The step, and how often it was halved. */
  private readonly numbers = new Float64Array(2);

  get step(): number {
    return this.numbers[0]!;
  }

  begin(_value: number, _slope: number, step: number): void {
    this.numbers.set([step, 0]);
  }

  /** Half the step; false when it has been halved too often. */
  halve(): boolean {
    this.numbers.set([this.step / 2, this.numbers[1]! + 1]);
    return this.numbers[1]! <= mostHalvings;
  }

  state(): Arrays {
    return new Map([["search", numbers(this.numbers)]]);
  }

  restore(state: Arrays): void {
    restoreNumbers(state, "search", this.numbers);
  }
}
