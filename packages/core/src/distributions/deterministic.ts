import type { Tensor } from "@tensorflow/tfjs-core";
import { cast, equal, greaterEqual, tidy, where, zeros } from "../backend/engine.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { sameFamily } from "./same-family.js";
import { expand, parameter, sampleShape, shapeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type { Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasVariance } from "./types.js";

/** All mass on one value: log p(x) = 0 where x equals it, else -Infinity. Events are scalars. */
export class Deterministic implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf {
  readonly family = "Deterministic";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly value: Parameter;

  constructor({ value }: { readonly value: Parameter }) {
    this.value = value;
    this.batchShape = shapeOf(value);
  }

  sample(_key: Key, shape: Shape = []): Tensor {
    return tidy(() => expand(this.value, sampleShape(shape, this.batchShape)));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => where(equal(x, this.value), 0, -Infinity));
  }

  cdf(x: Tensor): Tensor {
    return tidy(() => cast(greaterEqual(x, this.value), "float32"));
  }

  mean(): Tensor {
    return tidy(() => expand(this.value, this.batchShape));
  }

  variance(): Tensor {
    return zeros([...this.batchShape]);
  }

  mode(): Tensor {
    return this.mean();
  }

  entropy(): Tensor {
    return zeros([...this.batchShape]);
  }

  /** 0 where the values are equal, else Infinity. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Deterministic>(this, other)) return undefined;
    return tidy(() => where(equal(parameter(this.value), other.value), 0, Infinity));
  }
}
