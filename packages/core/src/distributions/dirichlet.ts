import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  all,
  any,
  div,
  equal,
  expandDims,
  greater,
  greaterEqual,
  logicalAnd,
  logicalNot,
  mul,
  sub,
  sum,
  tidy,
  where,
} from "../backend/engine.js";
import { InputError } from "../errors.js";
import { digamma, float64, logGamma, xlogy } from "../math/index.js";
import { draw, logGammas } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { weighted64 } from "./counting.js";
import { numbers64 } from "./numbers64.js";
import { sameFamily } from "./same-family.js";
import { sampleShape } from "./shapes.js";
import { normaliseGroups, sumsToOne, sumsToOne64 } from "./simplex.js";
import type { Distribution, Float64VectorDistribution, HasEntropy, HasMean, HasVariance } from "./types.js";

/**
 * A point of the simplex: p(x) = Γ(Σ a_k) / Π Γ(a_k) · Π x_k^(a_k - 1), x_k ≥ 0, Σ x_k = 1, with positive
 * `concentration` a [..., k].
 *
 * Event shape [k]. Throws `InputError` when the concentration has no axis.
 */
export class Dirichlet implements Distribution, HasMean, HasVariance, HasEntropy {
  readonly family = "Dirichlet";
  readonly batchShape: Shape;
  readonly eventShape: Shape;
  readonly concentration: Tensor;

  constructor({ concentration }: { readonly concentration: Tensor }) {
    if (concentration.shape.length === 0) {
      throw new InputError("Dirichlet: concentration has no axis; give one number for each part.");
    }
    this.concentration = concentration;
    this.batchShape = concentration.shape.slice(0, -1);
    this.eventShape = concentration.shape.slice(-1);
  }

  /** Gamma numbers over their sum; without gradient. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const full = sampleShape(shape, this.batchShape, this.eventShape);
      const concentrations = numbers64(this.concentration, full);
      return draw(key, "dirichlet", full, (from) =>
        normaliseGroups(logGammas(from, concentrations, concentrations.length), this.eventShape[0]!),
      );
    });
  }

  /** Σ (a_k - 1) log x_k - log B(a); at a face where a part is 0 it may be infinite. */
  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const power = sub(this.concentration, 1);
      // Where one factor is 0 and another infinite, the density is taken as 0.
      const vanishes = any(logicalAnd(equal(x, 0), greater(power, 0)), -1);
      const inside = logicalAnd(all(greaterEqual(x, 0), -1), logicalAnd(sumsToOne(x), logicalNot(vanishes)));
      const part = where(expandDims(inside, -1), x, 1);
      const terms = xlogy(power, part);
      return where(inside, sub(sum(terms, -1), logNormaliser(this.concentration)), -Infinity);
    });
  }

  /** a / Σ a. */
  mean(): Tensor {
    return tidy(() => div(this.concentration, sum(this.concentration, -1, true)));
  }

  /** m (1 - m) / (Σ a + 1), m the mean. */
  variance(): Tensor {
    return tidy(() => {
      const mean = this.mean();
      return div(mul(mean, sub(1, mean)), add(sum(this.concentration, -1, true), 1));
    });
  }

  /** log B(a) - Σ (a_k - 1) (ψ(a_k) - ψ(Σ a)). */
  entropy(): Tensor {
    return tidy(() => {
      const expected = expectedLog(this.concentration);
      return sub(logNormaliser(this.concentration), sum(mul(sub(this.concentration, 1), expected), -1));
    });
  }

  /** log B(b) - log B(a) + Σ (a_k - b_k) (ψ(a_k) - ψ(Σ a)). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Dirichlet>(this, other)) return undefined;
    return tidy(() => {
      const difference = sub(this.concentration, other.concentration);
      const normalisers = sub(logNormaliser(other.concentration), logNormaliser(this.concentration));
      return add(normalisers, sum(mul(difference, expectedLog(this.concentration)), -1));
    });
  }
}

/** log B(a) = Σ log Γ(a_k) - log Γ(Σ a). */
const logNormaliser = (concentration: Tensor): Tensor =>
  sub(sum(logGamma(concentration), -1), logGamma(sum(concentration, -1)));

/** E log x_k = ψ(a_k) - ψ(Σ a). */
const expectedLog = (concentration: Tensor): Tensor =>
  sub(digamma(concentration), digamma(sum(concentration, -1, true)));

/** The float64 form of `Dirichlet`. */
export function dirichlet64({
  concentration,
}: {
  readonly concentration: ArrayLike<number>;
}): Float64VectorDistribution {
  const a = Float64Array.from(concentration);
  const total = a.reduce((sum, value) => sum + value, 0);
  const logBeta = a.reduce((sum, value) => sum + float64.logGamma(value), -float64.logGamma(total));
  const mean = a.map((value) => value / total);
  return {
    logProb: (x) => {
      if (x.length !== a.length || !x.every((part) => part >= 0) || !sumsToOne64(x)) return -Infinity;
      if (x.some((part, k) => part === 0 && a[k]! > 1)) return -Infinity;
      return x.reduce((sum, part, k) => sum + weighted64(a[k]! - 1, Math.log(part)), -logBeta);
    },
    mean: () => mean,
    variance: () => mean.map((m) => (m * (1 - m)) / (total + 1)),
    entropy: () =>
      a.reduce(
        (sum, value) => sum - (value - 1) * (float64.digamma(value) - float64.digamma(total)),
        logBeta,
      ),
  };
}
