import type { Tensor } from "@tensorflow/tfjs-core";
import { tidy } from "../backend/engine.js";
import { sumTrailing } from "../bijectors/sum-trailing.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { expand } from "./shapes.js";
import { sameFamily } from "./same-family.js";
import { having } from "./statistic.js";
import type { Distribution, HasEntropy, HasMean, HasMode, HasVariance } from "./types.js";

/**
 * The base with its last `rank` batch axes made event axes: log p(x) = Σ over them of the base's log p.
 *
 * Mean, variance, mode and entropy are there if the base has them. Throws `InputError` when the base has fewer batch
 * axes than `rank`.
 */
export class Independent<Base extends Distribution = Distribution> implements Distribution {
  readonly family = "Independent";
  readonly batchShape: Shape;
  readonly eventShape: Shape;

  constructor(
    readonly base: Base,
    readonly rank: number,
  ) {
    const batch = base.batchShape.length - rank;
    if (!(Number.isInteger(rank) && rank >= 0 && batch >= 0)) {
      throw new InputError(
        `Independent: rank is ${rank}, but ${base.family} has ${base.batchShape.length} batch axes; give at most as many.`,
      );
    }
    this.batchShape = base.batchShape.slice(0, batch);
    this.eventShape = [...base.batchShape.slice(batch), ...base.eventShape];
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return this.base.sample(key, shape);
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => sumTrailing(this.base.logProb(x), this.rank));
  }

  mean(this: Independent<Distribution & HasMean>): Tensor {
    return having(this.base, "mean").mean();
  }

  variance(this: Independent<Distribution & HasVariance>): Tensor {
    return having(this.base, "variance").variance();
  }

  mode(this: Independent<Distribution & HasMode>): Tensor {
    return having(this.base, "mode").mode();
  }

  /** The sum of the base's entropies. */
  entropy(this: Independent<Distribution & HasEntropy>): Tensor {
    return tidy(() =>
      sumTrailing(expand(having(this.base, "entropy").entropy(), this.base.batchShape), this.rank),
    );
  }

  /** The sum of the bases' divergences, for the same rank. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Independent>(this, other) || other.rank !== this.rank) return undefined;
    return tidy(() => {
      const divergences = this.base.klTo?.(other.base);
      return divergences && sumTrailing(divergences, this.rank);
    });
  }
}
