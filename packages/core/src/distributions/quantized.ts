import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  cast,
  clipByValue,
  equal,
  floor,
  greater,
  greaterEqual,
  lessEqual,
  log,
  logicalAnd,
  mul,
  round,
  sub,
  tidy,
  where,
} from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { outsideSupport } from "./shapes.js";
import type { Distribution, HasCdf } from "./types.js";

/**
 * The base rounded to integers from `low` to `high`, whose bins take the tails: p(x) = F(x + 1/2) - F(x - 1/2), F the
 * base's cdf.
 *
 * Where the two differ by less than 1e-4 of the larger, in the upper tail, float32 has lost them, and the base's density
 * at x stands for the bin. Throws `InputError` when the base has event axes, or the range is not one of integers.
 */
export class Quantized implements Distribution {
  readonly family = "Quantized";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly low: number;
  readonly high: number;

  constructor(
    readonly base: Distribution & HasCdf,
    { low, high }: { readonly low: number; readonly high: number },
  ) {
    if (base.eventShape.length > 0) {
      throw new InputError(`Quantized: ${base.family} has event axes; give a distribution over scalars.`);
    }
    if (!(Number.isInteger(low) && Number.isInteger(high) && low < high)) {
      throw new InputError(`Quantized: the range is ${low} to ${high}; give integers, the lower first.`);
    }
    this.batchShape = base.batchShape;
    this.low = low;
    this.high = high;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => clipByValue(round(this.base.sample(key, shape)), this.low, this.high));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const { low, high } = this;
      const inside = logicalAnd(
        equal(x, floor(cast(x, "float32"))),
        logicalAnd(greaterEqual(x, low), lessEqual(x, high)),
      );
      return outsideSupport(x, inside, low, (level) => {
        const above = where(equal(level, high), 1, this.base.cdf(add(level, 0.5)));
        const below = where(equal(level, low), 0, this.base.cdf(sub(level, 0.5)));
        const mass = sub(above, below);
        const resolved = greater(mass, mul(1e-4, above));
        return where(resolved, log(where(resolved, mass, 1)), this.base.logProb(level));
      });
    });
  }
}
