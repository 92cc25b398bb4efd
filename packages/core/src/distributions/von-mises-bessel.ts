import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  div,
  log,
  log1p,
  less,
  maximum,
  minimum,
  mul,
  neg,
  reciprocal,
  sub,
  where,
} from "../backend/engine.js";
import { elementwise, float64, logBesselI0 } from "../math/index.js";
import { withGradient } from "../math/with-gradient.js";

const LARGE = 50;

/**
 * log(exp(-κ) I₀(κ)) for κ ≥ 0; from 50 on by Hankel's expansion, since κ would swallow the digits of the difference.
 */
export function logScaledBesselI0(concentration: Tensor): Tensor {
  const small = minimum(concentration, LARGE);
  const large = maximum(concentration, LARGE);
  const inverse = reciprocal(large);
  const series = [1 / 8, 9 / 128, 225 / 3072, 11025 / 98304].reduceRight<Tensor>(
    (sum, coefficient) => mul(inverse, add(sum, coefficient)),
    mul(inverse, 0),
  );
  return where(
    less(concentration, LARGE),
    sub(logBesselI0(small), small),
    sub(log1p(series), mul(0.5, log(mul(2 * Math.PI, large)))),
  );
}

/** 1 - I₁(κ) / I₀(κ) for κ > 0, with Hankel's expansion for large κ. */
export function besselDeficit64(concentration: number): number {
  if (concentration > 500) {
    const inverse = 1 / concentration;
    return (
      inverse * (0.5 + inverse * (1 / 8 + inverse * (1 / 8 + inverse * (25 / 128 + (inverse * 13) / 32))))
    );
  }
  return -Math.expm1(float64.logBesselI1(concentration) - float64.logBesselI0(concentration));
}

/** The same for tensors, computed in float64; with A = I₁ / I₀ its derivative is -(1 - A / κ - A²). */
export function besselDeficit(concentration: Tensor): Tensor {
  return withGradient(
    [concentration],
    () => elementwise(besselDeficit64, concentration),
    (dy, [saved]) => {
      const deficit = besselDeficit(saved!);
      const slope = sub(mul(deficit, sub(2, deficit)), div(sub(1, deficit), saved!));
      return [mul(dy, neg(slope))];
    },
  );
}

/** The standard distribution function for any angle: one more with each turn, 0 at -π. */
export function standardCdf64(angle: number, concentration: number): number {
  const turns = Math.floor((angle + Math.PI) / (2 * Math.PI));
  const within = angle - 2 * Math.PI * turns;
  return (
    turns + (concentration > 200 ? concentratedCdf(within, concentration) : fourierCdf(within, concentration))
  );
}

/**
 * 1/2 + t/2π + Σ_j I_j(κ) / I₀(κ) sin(j t) / (π j), by the backward recurrence of the ratios I_j / I_{j-1}.
 *
 * Source: Algorithm 518: Incomplete Bessel function I₀, the von Mises distribution (Hill, 1977).
 */
function fourierCdf(angle: number, concentration: number): number {
  let ratio = 0;
  let sum = 0;
  for (let j = 20 + Math.ceil(9 * Math.sqrt(concentration)); j > 0; j--) {
    ratio = 1 / ((2 * j) / concentration + ratio);
    sum = ratio * (Math.sin(j * angle) / j + sum);
  }
  return 0.5 + angle / (2 * Math.PI) + sum / Math.PI;
}

/**
 * With s = 2 √κ sin(t / 2) the density is φ(s) (1 - s²/4κ)^(-1/2) up to a factor; the binomial series, integrated
 * term by term: M_k(s) = ∫ s^2k φ = (2k - 1) M_{k-1}(s) - s^(2k - 1) φ(s).
 */
function concentratedCdf(angle: number, concentration: number): number {
  const s = 2 * Math.sqrt(concentration) * Math.sin(angle / 2);
  const density = Math.exp(-0.5 * s * s) / Math.sqrt(2 * Math.PI);
  let moment = float64.normalCdf(s);
  let whole = 1;
  let weight = 1;
  let below = moment;
  let total = 1;
  for (let k = 1; k <= 12; k++) {
    moment = (2 * k - 1) * moment - s ** (2 * k - 1) * density;
    whole *= 2 * k - 1;
    weight *= (2 * k - 1) / (2 * k) / (4 * concentration);
    below += weight * moment;
    total += weight * whole;
  }
  return below / total;
}
