import { Curvature } from "./curvature.js";
import { numbers, restoreNumbers, type Arrays } from "./saved.js";
import type { Minimiser, MinimiserOptions, Progress } from "./types.js";
import { addScaled, dot, largest } from "./vectors.js";

/** A search along a direction, one evaluation at a time. */
export interface Search {
  /** The step that is to be tried. */
  readonly step: number;
  begin(value: number, slope: number, step: number): void;
  state(): Arrays;
  restore(state: Arrays): void;
}

/** Guard: a fall by less than this share of the value is rounding. */
const rounding = 4 * Number.EPSILON;
const mostStale = 10;

/** What quasi-Newton methods share: directions from remembered steps, a search along each, and when to stop. */
export abstract class QuasiNewton<S extends Search> implements Minimiser {
  readonly point: Float64Array;
  readonly trial: Float64Array;
  value = Infinity;
  /** Of the smooth part, at `point`. */
  protected readonly gradient: Float64Array;
  protected readonly direction: Float64Array;
  protected readonly search: S;
  private readonly tolerance: number;
  private readonly curvature: Curvature;
  private readonly scaled: boolean;
  /** Least value and slope so far, and how many points have bettered neither. */
  private readonly least = Float64Array.of(Infinity, Infinity, 0);

  constructor({ start, memory, tolerance, diagonal }: MinimiserOptions, search: S) {
    this.point = start.slice();
    this.trial = start.slice();
    this.gradient = new Float64Array(start.length);
    this.direction = new Float64Array(start.length);
    this.tolerance = tolerance;
    this.curvature = new Curvature(memory, diagonal);
    this.scaled = diagonal !== undefined;
    this.search = search;
  }

  /** The objective at the trial point, of its smooth part there. */
  protected abstract objective(smooth: number): number;
  /** The gradient at the point, or what stands for it. */
  protected abstract steepest(): Float64Array;
  /** Which way to go, of what the curvature tells. */
  protected abstract directed(curvature: Curvature, steepest: Float64Array): Float64Array;
  /** What the search says of the objective at the trial point. */
  protected abstract judged(value: number, gradient: Float64Array): "searching" | "accepted" | "failed";
  /** Moves the trial point to the search's step. */
  protected abstract tryStep(): void;

  get slope(): number {
    return largest(this.steepest());
  }

  advance(smooth: number, gradient: Float64Array): Progress {
    const value = this.objective(smooth);
    if (this.value === Infinity) {
      if (!Number.isFinite(value) || !gradient.every(Number.isFinite)) return "diverged";
      this.accept(value, gradient);
      return this.turn("accepted");
    }
    if (this.isAtRest) return "converged";
    const found = this.judged(value, gradient);
    if (found === "failed") return this.startOver();
    if (found === "searching") {
      this.tryStep();
      return "searching";
    }
    const difference = gradient.slice();
    addScaled(difference, -1, this.gradient, difference);
    this.curvature.add(this.move(), difference);
    this.accept(value, gradient);
    return this.turn("accepted");
  }

  /** From the point to the trial point. */
  protected move(): Float64Array {
    const move = this.trial.slice();
    addScaled(move, -1, this.point, move);
    return move;
  }

  private accept(value: number, gradient: Float64Array): void {
    this.point.set(this.trial);
    this.gradient.set(gradient);
    this.value = value;
  }

  /** Whether values have fallen no more, and slopes neither, for so long that what is left is rounding. */
  private isStale(slope: number): boolean {
    const [value, least] = [this.least[0]!, this.least[1]!];
    const falls = this.value < value - rounding * Math.abs(value) || slope < least / 2;
    this.least.set([Math.min(value, this.value), Math.min(least, slope), falls ? 0 : this.least[2]! + 1]);
    return this.least[2]! >= mostStale;
  }

  private turn(progress: Progress): Progress {
    const steepest = this.steepest();
    const slope0 = largest(steepest);
    if (slope0 <= this.tolerance || (progress === "accepted" && this.isStale(slope0))) return this.rest();
    this.direction.set(this.directed(this.curvature, steepest));
    const slope = dot(steepest, this.direction);
    if (!(slope < 0)) return this.startOver();
    const first = this.scaled ? 1 : 1 / Math.sqrt(dot(steepest, steepest));
    this.search.begin(this.value, slope, this.curvature.isEmpty ? first : 1);
    this.tryStep();
    return progress;
  }

  /** A failed search begins anew along the gradient; when that fails too, the numbers allow no better point. */
  private startOver(): Progress {
    if (this.curvature.isEmpty) return this.rest();
    this.curvature.clear();
    return this.turn("searching");
  }

  private get isAtRest(): boolean {
    return this.trial.every((value, i) => value === this.point[i]);
  }

  private rest(): Progress {
    this.trial.set(this.point);
    return "converged";
  }

  state(): Arrays {
    return new Map([
      ["point", numbers(this.point)],
      ["trial", numbers(this.trial)],
      ["gradient", numbers(this.gradient)],
      ["direction", numbers(this.direction)],
      ["value", numbers(Float64Array.of(this.value))],
      ["least", numbers(this.least)],
      ...this.search.state(),
      ...this.curvature.state(this.point.length),
    ]);
  }

  restore(state: Arrays): void {
    const value = new Float64Array(1);
    restoreNumbers(state, "point", this.point);
    restoreNumbers(state, "trial", this.trial);
    restoreNumbers(state, "gradient", this.gradient);
    restoreNumbers(state, "direction", this.direction);
    restoreNumbers(state, "value", value);
    restoreNumbers(state, "least", this.least);
    this.value = value[0]!;
    this.search.restore(state);
    this.curvature.restore(state, this.point.length);
  }
}
