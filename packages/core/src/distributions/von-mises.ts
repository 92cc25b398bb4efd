import type { Tensor } from "@tensorflow/tfjs-core";
import { add, clipByValue, div, floor, mul, sin, square, sub, tidy } from "../backend/engine.js";
import { float64 } from "../math/index.js";
import { draw, vonMises } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { cdfByFloat64 } from "./cdf-by-float64.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import { numbers64 } from "./numbers64.js";
import { sameFamily } from "./same-family.js";
import { batchShapeOf, expand, parameter, requireFinite, requirePositive, sampleShape } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type { Distribution, Float64Distribution, HasCdf, HasEntropy, HasMode } from "./types.js";
import { besselDeficit, besselDeficit64, logScaledBesselI0, standardCdf64 } from "./von-mises-bessel.js";

export interface VonMisesParameters<P = Parameter> {
  /** The angle around which it lies, in radians. */
  readonly loc: P;
  /** Positive: κ, about one over the variance. */
  readonly concentration: P;
}

const TWO_PI = 2 * Math.PI;
const LOG_TWO_PI = 2 * HALF_LOG_TWO_PI;

/**
 * The von Mises distribution of angles: p(x) = exp(κ cos(x - loc)) / (2π I₀(κ)).
 *
 * Events are angles in radians; two that differ by 2π are one, so the density repeats itself and samples lie in
 * [-π, π). The batch shape is that of the parameters, broadcast. The gradients of a sample and of `cdf` flow to `loc`,
 * not to `concentration`.
 * Throws `InputError` for a concentration that is a number and not positive.
 */
export class VonMises implements Distribution, HasMode, HasEntropy, HasCdf {
  readonly family = "VonMises";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly loc: Parameter;
  readonly concentration: Parameter;

  constructor({ loc, concentration }: VonMisesParameters) {
    requireFinite("VonMises", { loc });
    requirePositive("VonMises", { concentration });
    this.batchShape = batchShapeOf(loc, concentration);
    this.loc = loc;
    this.concentration = concentration;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const full = sampleShape(shape, this.batchShape);
      const concentrations = numbers64(this.concentration, full);
      const angle = draw(key, "von-mises", full, (from) =>
        vonMises(from, concentrations, concentrations.length),
      );
      return wrapped(add(angle, this.loc));
    });
  }

  /** κ (cos d - 1) - log(2π exp(-κ) I₀(κ)), d = x - loc, with cos d - 1 = -2 sin²(d / 2). */
  logProb(x: Tensor): Tensor {
    return tidy(() => this.standardLogProb(sub(x, this.loc)));
  }

  /** The probability of the angles from -π to x, for -π ≤ x ≤ π (0 and 1 beyond). */
  cdf(x: Tensor): Tensor {
    return tidy(() => {
      const turned = (angle: Parameter): Tensor =>
        cdfByFloat64(sub(angle, this.loc), [this.concentration], standardCdf64, (at) =>
          this.standardLogProb(at),
        );
      const inside = clipByValue(x, -Math.PI, Math.PI);
      return sub(turned(inside), turned(-Math.PI));
    });
  }

  mode(): Tensor {
    return tidy(() => expand(wrapped(parameter(this.loc)), this.batchShape));
  }

  /** log(2π exp(-κ) I₀(κ)) + κ (1 - I₁(κ) / I₀(κ)). */
  entropy(): Tensor {
    return tidy(() => {
      const concentration = parameter(this.concentration);
      const spread = mul(concentration, besselDeficit(concentration));
      return expand(add(add(logScaledBesselI0(concentration), spread), LOG_TWO_PI), this.batchShape);
    });
  }

  /** log I₀(κ₂) - log I₀(κ₁) + I₁(κ₁) / I₀(κ₁) (κ₁ - κ₂ cos(loc₁ - loc₂)). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<VonMises>(this, other)) return undefined;
    return tidy(() => {
      const [one, two] = [parameter(this.concentration), parameter(other.concentration)];
      const deficit = besselDeficit(one);
      const turn = mul(2, square(sin(mul(0.5, sub(this.loc, other.loc)))));
      const scales = sub(logScaledBesselI0(two), logScaledBesselI0(one));
      return add(add(scales, mul(deficit, sub(two, one))), mul(mul(two, turn), sub(1, deficit)));
    });
  }

  private standardLogProb(angle: Tensor): Tensor {
    const concentration = parameter(this.concentration);
    const cosineLessOne = mul(-2, square(sin(mul(0.5, angle))));
    return sub(mul(concentration, cosineLessOne), add(logScaledBesselI0(concentration), LOG_TWO_PI));
  }
}

/** The angle in [-π, π); the turns that are taken off are a constant to differentiation. */
const wrapped = (angle: Tensor): Tensor => sub(angle, mul(TWO_PI, floor(div(add(angle, Math.PI), TWO_PI))));

/** The float64 form of `VonMises`. Throws `InputError` unless the concentration is positive. */
export function vonMises64({
  loc,
  concentration,
}: VonMisesParameters<number>): Required<Pick<Float64Distribution, "logProb" | "cdf" | "entropy">> {
  requireFinite("VonMises", { loc });
  requirePositive("VonMises", { concentration });
  const constant = -LOG_TWO_PI - logScaledBesselI064(concentration);
  const start = standardCdf64(-Math.PI - loc, concentration);
  return {
    logProb: (x) => constant - 2 * concentration * Math.sin((x - loc) / 2) ** 2,
    cdf: (x) => standardCdf64(Math.min(Math.PI, Math.max(-Math.PI, x)) - loc, concentration) - start,
    entropy: () => concentration * besselDeficit64(concentration) - constant,
  };
}

const logScaledBesselI064 = (concentration: number): number =>
  float64.logBesselI0(concentration) - concentration;
