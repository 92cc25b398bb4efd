import type { Search } from "./quasi-newton.js";
import { numbers, restoreNumbers, type Arrays } from "./saved.js";

/** Sufficient decrease and curvature, as usual for quasi-Newton directions. */
const [decrease, curvature] = [1e-4, 0.9];
const mostEvaluations = 25;
/** Guard: differences of values below this share of them are rounding. */
const rounding = 1e-13;

/** Places in the state: where the search began, what is tried, and the bracket's ends. */
const [value0, slope0, at, lowAt, lowValue, lowSlope] = [0, 1, 2, 3, 4, 5] as const;
const [highAt, highValue, highSlope, isBracketed, count] = [6, 7, 8, 9, 10] as const;

/**
 * A line search for the strong Wolfe conditions, one evaluation at a time: brackets such a step and then zooms in, by
 * cubic interpolation. Where differences of values drown in rounding, slopes alone decide.
 * Sources: Numerical optimization, algorithms 3.5 and 3.6 (Nocedal & Wright, 2006); A new conjugate gradient method
 * with guaranteed descent and an efficient line search, for the approximate conditions (Hager & Zhang, 2005).
 */
export class LineSearch implements Search {
  private readonly numbers = new Float64Array(11);

  /** The step that is to be tried. */
  get step(): number {
    return this.numbers[at]!;
  }

  begin(value: number, slope: number, step: number): void {
    this.numbers.fill(0);
    this.numbers[value0] = this.numbers[lowValue] = value;
    this.numbers[slope0] = this.numbers[lowSlope] = slope;
    this.numbers[at] = step;
  }

  /** Takes value and slope at the step; "failed" when there is no better one to be found. */
  advance(value: number, slope: number): "searching" | "accepted" | "failed" {
    const n = this.numbers;
    n[count]!++;
    const usable = Number.isFinite(value) && Number.isFinite(slope);
    if (usable && Math.abs(slope) <= -curvature * n[slope0]! && this.isDecrease(value, slope))
      return "accepted";
    if (n[count]! >= mostEvaluations) return "failed";
    const isTooFar =
      !usable ||
      value > n[value0]! + decrease * n[at]! * n[slope0]! ||
      (n[lowAt]! > 0 && value >= n[lowValue]!);
    if (isTooFar) {
      this.setHigh(n[at]!, usable ? value : Infinity, slope);
      n[isBracketed] = 1;
    } else {
      const beyond = n[isBracketed] ? slope * (n[highAt]! - n[lowAt]!) >= 0 : slope >= 0;
      if (beyond) {
        this.setHigh(n[lowAt]!, n[lowValue]!, n[lowSlope]!);
        n[isBracketed] = 1;
      }
      [n[lowAt], n[lowValue], n[lowSlope]] = [n[at]!, value, slope];
    }
    if (!n[isBracketed]) {
      n[at]! *= 4;
      return "searching";
    }
    const width = Math.abs(n[highAt]! - n[lowAt]!);
    if (!(width > Number.EPSILON * Math.max(n[lowAt]!, n[highAt]!))) return "failed";
    n[at] = this.inside();
    return "searching";
  }

  private setHigh(step: number, value: number, slope: number): void {
    [this.numbers[highAt], this.numbers[highValue], this.numbers[highSlope]] = [step, value, slope];
  }

  private isDecrease(value: number, slope: number): boolean {
    const n = this.numbers;
    if (value <= n[value0]! + decrease * n[at]! * n[slope0]!) return true;
    const isRounding = value <= n[value0]! + rounding * Math.abs(n[value0]!);
    return isRounding && slope <= (2 * decrease - 1) * n[slope0]!;
  }

  /** The minimum of the cubic through both ends, kept off them; the middle where there is none. */
  private inside(): number {
    const n = this.numbers;
    const [a, b] = [n[lowAt]!, n[highAt]!];
    const width = b - a;
    const d1 = n[lowSlope]! + n[highSlope]! - (3 * (n[lowValue]! - n[highValue]!)) / (a - b);
    const d2 = Math.sign(width) * Math.sqrt(d1 * d1 - n[lowSlope]! * n[highSlope]!);
    const cubic = b - (width * (n[highSlope]! + d2 - d1)) / (n[highSlope]! - n[lowSlope]! + 2 * d2);
    const share = (cubic - a) / width;
    return share >= 0.05 && share <= 0.95 ? cubic : a + width / 2;
  }

  state(): Arrays {
    return new Map([["search", numbers(this.numbers)]]);
  }

  restore(state: Arrays): void {
    restoreNumbers(state, "search", this.numbers);
  }
}
