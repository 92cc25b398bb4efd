import type { Curvature } from "./curvature.js";
import { Halving } from "./halving.js";
import { QuasiNewton } from "./quasi-newton.js";
import type { MinimiserOptions } from "./types.js";
import { addScaled, dot } from "./vectors.js";

/** Sufficient decrease, as usual. */
const decrease = 1e-4;

export interface OwlQnOptions extends MinimiserOptions {
  /** The weight of each entry's absolute value in the objective, not negative. */
  readonly absolute: Float64Array;
}

/**
 * Orthant-wise limited-memory quasi-Newton: minimises f(x) + Σ cᵢ |xᵢ| of a smooth f. Entries that the penalty keeps at
 * 0 are exactly 0.
 * Source: Scalable training of L1-regularized log-linear models (Andrew & Gao, 2007).
 */
export class OwlQn extends QuasiNewton<Halving> {
  private readonly absolute: Float64Array;

  constructor(options: OwlQnOptions) {
    super(options, new Halving());
    this.absolute = options.absolute;
  }

  protected objective(smooth: number): number {
    let sum = smooth;
    for (let i = 0; i < this.trial.length; i++) sum += this.absolute[i]! * Math.abs(this.trial[i]!);
    return sum;
  }

  /** The pseudo-gradient: the steepest of the one-sided derivatives, 0 where none leads down. */
  protected steepest(): Float64Array {
    return this.gradient.map((g, i) => {
      const [x, c] = [this.point[i]!, this.absolute[i]!];
      if (x !== 0) return g + Math.sign(x) * c;
      return g + c < 0 ? g + c : g - c > 0 ? g - c : 0;
    });
  }

  /**
   * Entries that rest at 0 are held there. The paper keeps out every entry that goes against the steepest descent, which
   * takes related entries apart; here only those that would leave 0 so, unless the rest leads up.
   */
  protected directed(curvature: Curvature, steepest: Float64Array): Float64Array {
    const free = Uint8Array.from(steepest, (g, i) => (g === 0 && this.point[i] === 0 ? 0 : 1));
    const direction = curvature.descent(steepest, free);
    const aligned = (all: boolean): Float64Array =>
      direction.map((d, i) => (d * steepest[i]! < 0 || (!all && this.point[i] !== 0) ? d : 0));
    const most = aligned(false);
    return dot(most, steepest) < 0 ? most : aligned(true);
  }

  protected judged(value: number): "searching" | "accepted" | "failed" {
    if (value <= this.value + decrease * dot(this.steepest(), this.move())) return "accepted";
    return this.search.halve() ? "searching" : "failed";
  }

  /** Steps along the direction, inside the orthant that the point and its descent point to. */
  protected tryStep(): void {
    const steepest = this.steepest();
    addScaled(this.point, this.search.step, this.direction, this.trial);
    for (let i = 0; i < this.trial.length; i++) {
      if (this.absolute[i] === 0) continue;
      const orthant = this.point[i] === 0 ? -steepest[i]! : this.point[i]!;
      if (!(this.trial[i]! * orthant > 0)) this.trial[i] = 0;
    }
  }
}
