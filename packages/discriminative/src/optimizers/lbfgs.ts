import type { Curvature } from "./curvature.js";
import { LineSearch } from "./line-search.js";
import { QuasiNewton } from "./quasi-newton.js";
import type { MinimiserOptions } from "./types.js";
import { addScaled, dot } from "./vectors.js";

/**
 * Limited-memory BFGS with a line search for the strong Wolfe conditions.
 * Source: On the limited memory BFGS method for large scale optimization (Liu & Nocedal, 1989).
 */
export class Lbfgs extends QuasiNewton<LineSearch> {
  constructor(options: MinimiserOptions) {
    super(options, new LineSearch());
  }

  protected objective(smooth: number): number {
    return smooth;
  }

  protected steepest(): Float64Array {
    return this.gradient;
  }

  protected directed(curvature: Curvature): Float64Array {
    return curvature.descent(this.gradient);
  }

  protected judged(value: number, gradient: Float64Array): "searching" | "accepted" | "failed" {
    return this.search.advance(value, dot(gradient, this.direction));
  }

  protected tryStep(): void {
    addScaled(this.point, this.search.step, this.direction, this.trial);
  }
}
