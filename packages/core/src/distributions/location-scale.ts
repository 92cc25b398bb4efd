import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, log, mul, square, sub, tidy } from "../backend/engine.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { batchShapeOf, expand, requireFinite, requirePositive, sampleShape } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type { Distribution, HasCdf, HasEntropy, HasMode, HasQuantile } from "./types.js";

export interface LocationScaleParameters<P = Parameter> {
  readonly loc: P;
  /** Positive. */
  readonly scale: P;
}

/**
 * What location-scale families share: x = loc + scale z, where z has the family's standard form, whose mode is 0.
 * Samples are reparameterised: the gradient flows to both parameters.
 */
export abstract class LocationScale implements Distribution, HasCdf, HasQuantile, HasMode, HasEntropy {
  abstract readonly family: string;
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly loc: Parameter;
  readonly scale: Parameter;

  protected constructor(
    family: string,
    { loc, scale }: LocationScaleParameters,
    ...shape: readonly Parameter[]
  ) {
    requireFinite(family, { loc });
    requirePositive(family, { scale });
    this.batchShape = batchShapeOf(loc, scale, ...shape);
    this.loc = loc;
    this.scale = scale;
  }

  /** The standard form's entropy in nats. */
  protected abstract standardEntropy(): number | Tensor;
  protected abstract standardSample(key: Key, shape: readonly number[]): Tensor;
  protected abstract standardLogProb(z: Tensor): Tensor;
  protected abstract standardCdf(z: Tensor): Tensor;
  protected abstract standardQuantile(p: Tensor): Tensor;

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => this.place(this.standardSample(key, sampleShape(shape, this.batchShape))));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => sub(this.standardLogProb(this.standardise(x)), log(this.scale)));
  }

  cdf(x: Tensor): Tensor {
    return tidy(() => this.standardCdf(this.standardise(x)));
  }

  quantile(p: Tensor): Tensor {
    return tidy(() => this.place(this.standardQuantile(p)));
  }

  mode(): Tensor {
    return tidy(() => expand(this.loc, this.batchShape));
  }

  entropy(): Tensor {
    return tidy(() => expand(add(log(this.scale), this.standardEntropy()), this.batchShape));
  }

  /** loc + scale · offset, of the batch shape. */
  protected locationOf(offset: number): Tensor {
    return tidy(() => expand(add(this.loc, mul(this.scale, offset)), this.batchShape));
  }

  /** scale² · factor, of the batch shape. */
  protected varianceOf(factor: number): Tensor {
    return tidy(() => expand(mul(square(this.scale), factor), this.batchShape));
  }

  private standardise(x: Tensor): Tensor {
    return div(sub(x, this.loc), this.scale);
  }

  private place(z: Tensor): Tensor {
    return add(this.loc, mul(this.scale, z));
  }
}
