import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  add,
  div,
  exp,
  greater,
  less,
  log,
  log1p,
  mul,
  neg,
  reciprocal,
  square,
  sub,
  where,
} from "../backend/engine.js";
import { polynomial } from "./polynomial.js";
import { withGradient } from "./with-gradient.js";

/** log(exp(z²) erfc(z) / t) in t = 1 / (1 + z/2), a Chebyshev fit on z ≥ 0 with error 1e-7. */
const scaledErfcTerms = [
  -1.265512225, 1.00002368, 0.3740919597, 0.09678418949, -0.1862880617, 0.2788680845, -1.135204, 1.488515889,
  -0.8221522344, 0.1708727777,
] as const;

/** The two factors of exp(x²/2) Φ(-|x|): t / 2 and the logarithm of the other. */
function tailFactors(x: Tensor): readonly [half: Tensor, logarithm: Tensor] {
  const t = reciprocal(add(mul(abs(x), Math.SQRT1_2 / 2), 1));
  return [mul(t, 0.5), polynomial(scaledErfcTerms, t)];
}

const minusHalfSquare = (x: Tensor): Tensor => mul(square(x), -0.5);

/** Φ(-|x|). */
function tailProbability(x: Tensor): Tensor {
  const [half, logarithm] = tailFactors(x);
  return mul(half, exp(add(logarithm, minusHalfSquare(x))));
}

const density = (x: Tensor): Tensor => mul(exp(minusHalfSquare(x)), 1 / Math.sqrt(2 * Math.PI));

/** The standard normal distribution function Φ(x), elementwise and differentiable, relatively accurate in the tail. */
export function normalCdf(x: Tensor): Tensor {
  const value = (): Tensor => {
    const tail = tailProbability(x);
    return where(less(x, 0), tail, sub(1, tail));
  };
  return withGradient([x], value, (dy, [saved]) => [mul(dy, density(saved!))]);
}

/** x + φ(x)/Φ(x) without cancellation in the lower tail, where it is 1/|x| - 2/|x|³ + 10/|x|⁵ - …; h' = -h (x + h). */
function hazardExcess(x: Tensor): Tensor {
  const value = (): Tensor => {
    const inverse = reciprocal(abs(x));
    const series = mul(inverse, polynomial([1, -2, 10, -74, 706], square(inverse)));
    return where(less(x, -9), series, add(x, hazard(x)));
  };
  return withGradient([x], value, (dy, [saved]) => [
    mul(dy, sub(1, mul(hazard(saved!), hazardExcess(saved!)))),
  ]);
}

/** φ(x) / Φ(x), the derivative of log Φ. */
function hazard(x: Tensor): Tensor {
  const value = (): Tensor => {
    const [half, logarithm] = tailFactors(x);
    const lower = div(exp(neg(logarithm)), mul(half, Math.sqrt(2 * Math.PI)));
    return where(less(x, 0), lower, div(density(x), sub(1, tailProbability(x))));
  };
  return withGradient([x], value, (dy, [saved]) => [mul(dy, neg(mul(hazard(saved!), hazardExcess(saved!))))]);
}

/** log Φ(x) in nats, elementwise and differentiable, finite in the far tail. */
export function logNormalCdf(x: Tensor): Tensor {
  const value = (): Tensor => {
    const [half, logarithm] = tailFactors(x);
    const lower = add(add(log(half), logarithm), minusHalfSquare(x));
    return where(greater(x, 0), log1p(neg(tailProbability(x))), lower);
  };
  return withGradient([x], value, (dy, [saved]) => [mul(dy, hazard(saved!))]);
}
