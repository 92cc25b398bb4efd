import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  cast,
  concat,
  cumsum,
  div,
  expandDims,
  greaterEqual,
  less,
  log,
  logicalAnd,
  maximum,
  mul,
  neg,
  onesLike,
  reshape,
  slice,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  tidy,
  where,
  zerosLike,
} from "../backend/engine.js";
import { broadcastShapes } from "../distributions/shapes.js";
import { InputError } from "../errors.js";
import { softplus } from "../math/index.js";
import type { Shape } from "../types.js";
import { Elementwise } from "./elementwise.js";

export interface SplineParameters {
  /** Rising knots on the latent side, [..., bins + 1]; leading axes broadcast against z. */
  readonly knotX: Tensor;
  /** Rising knots on the data side, [..., bins + 1], with the ends of `knotX`. */
  readonly knotY: Tensor;
  /** Positive slopes at the knots, [..., bins + 1], 1 at the ends. */
  readonly derivatives: Tensor;
}

export interface UnconstrainedSplineParameters {
  /** [..., bins]; softmax gives the shares of the bins on the latent side. */
  readonly widths: Tensor;
  /** [..., bins]; the same on the data side. */
  readonly heights: Tensor;
  /** [..., bins - 1]; softplus gives the slopes at the inner knots, 0 a slope of 1. */
  readonly derivatives: Tensor;
  /** The spline is on [-bound, bound]. */
  readonly bound: number;
}

/** Guard: no bin is narrower than this share, no slope smaller. */
const smallest = 1e-3;

/** The bin that each number lies in. */
interface Bin {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly width: Tensor;
  readonly height: Tensor;
  /** height / width. */
  readonly slope: Tensor;
  /** Derivative at the left end. */
  readonly left: Tensor;
  readonly right: Tensor;
  /** left + right - 2 slope. */
  readonly bend: Tensor;
}

/**
 * A monotonic spline of quotients of quadratics between knots, element by element, and the identity outside of them.
 * With θ the place in a bin of height h and slope s, whose ends have the derivatives d and e:
 * x = y_k + h (s θ² + d θ (1 - θ)) / (s + (d + e - 2s) θ (1 - θ)).
 * Source: Neural spline flows (Durkan, Bekasov, Murray & Papamakarios, 2019), section 3.1.
 */
export class RationalQuadraticSpline extends Elementwise {
  readonly constantLogDet = false;
  private readonly parameters: SplineParameters;

  constructor(parameters: SplineParameters) {
    super();
    this.parameters = parameters;
  }

  /**
   * The spline of any numbers, such as a network puts out; of zeros it is the identity. Its knots are new tensors.
   * Throws `InputError` unless the bound is positive.
   */
  static unconstrained(parameters: UnconstrainedSplineParameters): RationalQuadraticSpline {
    const { widths, heights, derivatives, bound } = parameters;
    if (!(bound > 0))
      throw new InputError(`RationalQuadraticSpline: bound is ${bound}; give a positive number.`);
    const [knotX, knotY, slopes] = tidy((): [Tensor, Tensor, Tensor] => {
      const inner = add(softplus(add(derivatives, softplusOfOne)), smallest);
      const end = onesLike(part(widths, 0, 1));
      return [knots(widths, bound), knots(heights, bound), concat([end, inner, end], widths.rank - 1)];
    });
    return new RationalQuadraticSpline({ knotX, knotY, derivatives: slopes });
  }

  override forwardShape(shape: Shape): Shape {
    return broadcastShapes(shape, this.parameters.knotX.shape.slice(0, -1));
  }

  override inverseShape(shape: Shape): Shape {
    return this.forwardShape(shape);
  }

  protected map(z: Tensor): Tensor {
    return between(z, this.parameters.knotX, z, (safe) => {
      const bin = this.binOf(safe, "knotX");
      const { t, mixed, denominator } = placeIn(bin, safe);
      const numerator = mul(bin.height, add(mul(bin.slope, square(t)), mul(bin.left, mixed)));
      return add(bin.y, div(numerator, denominator));
    });
  }

  /** The root of a θ² + b θ + c in [0, 1], in the form that does not cancel. */
  protected unmap(x: Tensor): Tensor {
    return between(x, this.parameters.knotY, x, (safe) => {
      const { x: from, y, width, height, slope, left, bend } = this.binOf(safe, "knotY");
      const above = sub(safe, y);
      const bent = mul(above, bend);
      const a = add(mul(height, sub(slope, left)), bent);
      const b = sub(mul(height, left), bent);
      const c = neg(mul(slope, above));
      const root = sqrt(maximum(sub(square(b), mul(4, mul(a, c))), 0));
      return add(from, mul(width, div(mul(2, c), sub(neg(b), root))));
    });
  }

  protected logDerivative(z: Tensor): Tensor {
    return between(z, this.parameters.knotX, zerosLike(z), (safe) => {
      const bin = this.binOf(safe, "knotX");
      const { t, mixed, denominator } = placeIn(bin, safe);
      const ends = add(mul(bin.right, square(t)), mul(bin.left, square(sub(1, t))));
      const numerator = add(ends, mul(mul(2, bin.slope), mixed));
      return sub(add(mul(2, log(bin.slope)), log(numerator)), mul(2, log(denominator)));
    });
  }

  /** The bin of each number between knots. */
  private binOf(values: Tensor, along: "knotX" | "knotY"): Bin {
    const { knotX, knotY, derivatives } = this.parameters;
    const bins = knotX.shape.at(-1)! - 1;
    const edges = this.parameters[along];
    const place = expandDims(values, -1);
    const mask = cast(
      logicalAnd(greaterEqual(place, part(edges, 0, bins)), less(place, part(edges, 1, bins))),
      "float32",
    );
    const pick = (of: Tensor, from: 0 | 1): Tensor => sum(mul(mask, part(of, from, bins)), -1);
    const [x, y] = [pick(knotX, 0), pick(knotY, 0)];
    const [width, height] = [sub(pick(knotX, 1), x), sub(pick(knotY, 1), y)];
    const slope = div(height, width);
    const [left, right] = [pick(derivatives, 0), pick(derivatives, 1)];
    return { x, y, width, height, slope, left, right, bend: sub(add(left, right), mul(2, slope)) };
  }
}

/** softplus⁻¹(1 - smallest). */
const softplusOfOne = Math.log(Math.expm1(1 - smallest));

/** θ, θ (1 - θ) and the quotient's denominator. */
function placeIn({ x, width, slope, bend }: Bin, z: Tensor) {
  const t = div(sub(z, x), width);
  const mixed = mul(t, sub(1, t));
  return { t, mixed, denominator: add(slope, mul(bend, mixed)) };
}

/** What `f` makes of numbers between the knots, and `outside` where they are not (double where, for the gradient). */
function between(values: Tensor, edges: Tensor, outside: Tensor, f: (safe: Tensor) => Tensor): Tensor {
  const bins = edges.shape.at(-1)! - 1;
  const [first, last] = [squeezed(part(edges, 0, 1)), squeezed(part(edges, bins, 1))];
  const inside = logicalAnd(greaterEqual(values, first), less(values, last));
  return where(inside, f(where(inside, values, first)), outside);
}

/** `count` numbers of the last axis. */
const part = (x: Tensor, from: number, count: number): Tensor =>
  slice(
    x,
    x.shape.map((_, axis) => (axis === x.rank - 1 ? from : 0)),
    [...x.shape.slice(0, -1), count],
  );

const squeezed = (x: Tensor): Tensor => reshape(x, x.shape.slice(0, -1));

/** Knots on [-bound, bound] from the logarithms of the bins' shares. */
function knots(logits: Tensor, bound: number): Tensor {
  const bins = logits.shape.at(-1)!;
  const shares = add(mul(softmax(logits), 1 - smallest * bins), smallest);
  const inner = sub(mul(cumsum(part(shares, 0, bins - 1), logits.rank - 1), 2 * bound), bound);
  const end = mul(onesLike(part(logits, 0, 1)), bound);
  return concat([neg(end), inner, end], logits.rank - 1);
}
