import type { Tensor } from "@tensorflow/tfjs-core";
import { add, greater, sub, tidy, where } from "../backend/engine.js";
import { sumTrailing } from "../bijectors/sum-trailing.js";
import type { Bijector } from "../bijectors/types.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { sameFamily } from "./same-family.js";
import type { Distribution } from "./types.js";

/**
 * The distribution of x = f(z), z from the base, f the bijector's `forward`: log p(x) = log p(z) - log |det df/dz|.
 *
 * When the bijector has more event axes than the base, the base's last batch axes become event axes. x that f doesn't
 * reach has log p = -Infinity and no gradient. Throws `InputError` when the bijector's parameters would add batch axes.
 */
export class Transformed implements Distribution {
  readonly family = "Transformed";
  readonly batchShape: Shape;
  readonly eventShape: Shape;
  /** How many of the base's batch axes became event axes. */
  private readonly gainedRank: number;
  /** How many more event axes the latent side has than the bijector. */
  private readonly outerRank: number;

  constructor(
    readonly base: Distribution,
    readonly bijector: Bijector,
  ) {
    const shape = [...base.batchShape, ...base.eventShape];
    const latentRank = Math.max(base.eventShape.length, bijector.eventRank);
    if (latentRank > shape.length) {
      throw new InputError(
        `Transformed: the bijector takes events of ${bijector.eventRank} axes, but ${base.family} has ${shape.length} axes in all; give its parameters more.`,
      );
    }
    this.gainedRank = latentRank - base.eventShape.length;
    this.outerRank = latentRank - bijector.eventRank;
    const dataShape = bijector.forwardShape(shape);
    const batchRank = dataShape.length - this.outerRank - (bijector.eventRankOut ?? bijector.eventRank);
    this.batchShape = dataShape.slice(0, batchRank);
    this.eventShape = dataShape.slice(batchRank);
    if (this.batchShape.join() !== shape.slice(0, shape.length - latentRank).join()) {
      throw new InputError(
        `Transformed: the bijector makes the batch shape [${this.batchShape.join(", ")}] of ${base.family}'s [${base.batchShape.join(", ")}]; give the base parameters of the full batch shape.`,
      );
    }
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => this.bijector.forward(this.base.sample(key, shape)));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const { value, logDet } = this.bijector.inverseWithLogDet(x);
      const total = sumTrailing(logDet, this.outerRank);
      return where(greater(total, -Infinity), add(this.baseLogProb(value), total), -Infinity);
    });
  }

  /** A draw with its log-probability, without inverting the bijector. */
  sampleWithLogProb(key: Key, shape: Shape = []): { readonly sample: Tensor; readonly logProb: Tensor } {
    const [sample, logProb] = tidy((): [Tensor, Tensor] => {
      const latent = this.base.sample(key, shape);
      const { value, logDet } = this.bijector.forwardWithLogDet(latent);
      return [value, sub(this.baseLogProb(latent), sumTrailing(logDet, this.outerRank))];
    });
    return { sample, logProb };
  }

  /** The bases' divergence, when both go through the same bijector object. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Transformed>(this, other) || other.bijector !== this.bijector) return undefined;
    return tidy(() => {
      const divergence = this.base.klTo?.(other.base);
      return divergence && sumTrailing(divergence, this.gainedRank);
    });
  }

  private baseLogProb(latent: Tensor): Tensor {
    return sumTrailing(this.base.logProb(latent), this.gainedRank);
  }
}
