import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  add,
  div,
  less,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  reciprocal,
  square,
  sub,
  where,
} from "../backend/engine.js";
import { polynomial } from "./polynomial.js";
import { withGradient } from "./with-gradient.js";

const boundary = 3.75;

/** I₀ - 1 over (x/3.75)², and √x exp(-x) I₀(x) in 3.75/x: Abramowitz and Stegun 9.8.1 and 9.8.2. */
const i0Small = [3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.0360768, 0.0045813] as const;
const i0Large = [
  0.39894228, 0.01328592, 0.00225319, -0.00157565, 0.00916281, -0.02057706, 0.02635537, -0.01647633,
  0.00392377,
] as const;
/** I₁(x)/x in (x/3.75)², and √x exp(-x) I₁(x) in 3.75/x: 9.8.3 and 9.8.4. */
const i1Small = [0.5, 0.87890594, 0.51498869, 0.15084934, 0.02658733, 0.00301532, 0.00032411] as const;
const i1Large = [
  0.39894228, -0.03988024, -0.00362018, 0.00163801, -0.01031555, 0.02282967, -0.02895312, 0.01787654,
  -0.00420059,
] as const;

/** The arguments of the two polynomials, each held inside its own range. */
function regions(x: Tensor) {
  const size = abs(x);
  const small = square(div(minimum(size, boundary), boundary));
  const large = mul(reciprocal(maximum(size, boundary)), boundary);
  return { size, small, large, isSmall: less(size, boundary) };
}

const i0MinusOne = (small: Tensor): Tensor => mul(small, polynomial(i0Small, small));

/** d/dx of `ratio`, (1 - 2q - x²q²)/x, and its Taylor series where that cancels. */
function ratioSlope(x: Tensor): Tensor {
  const q = ratio(x);
  const near = mul(x, polynomial([-1 / 8, 1 / 24, -11 / 1024, 19 / 7680], square(x)));
  const isNear = less(abs(x), 0.5);
  const safe = where(isNear, 1, x);
  return where(isNear, near, div(sub(sub(1, mul(q, 2)), square(mul(x, q))), safe));
}

/** q(x) = I₁(x) / (x I₀(x)), even and 1/2 at 0. */
function ratio(x: Tensor): Tensor {
  const value = (): Tensor => {
    const { size, small, large, isSmall } = regions(x);
    const inner = div(polynomial(i1Small, small), add(i0MinusOne(small), 1));
    const outer = div(polynomial(i1Large, large), mul(polynomial(i0Large, large), maximum(size, boundary)));
    return where(isSmall, inner, outer);
  };
  return withGradient([x], value, (dy, [saved]) => [mul(dy, ratioSlope(saved!))]);
}

/**
 * log I₀(x), the modified Bessel function of the first kind, elementwise and differentiable, without overflow.
 *
 * Source: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions" (1964), 9.8.1 to 9.8.4.
 */
export function logBesselI0(x: Tensor): Tensor {
  const value = (): Tensor => {
    const { size, small, large, isSmall } = regions(x);
    const bounded = maximum(size, boundary);
    const outer = add(sub(bounded, mul(log(bounded), 0.5)), log(polynomial(i0Large, large)));
    return where(isSmall, log1p(i0MinusOne(small)), outer);
  };
  return withGradient([x], value, (dy, [saved]) => [mul(dy, mul(saved!, ratio(saved!)))]);
}
