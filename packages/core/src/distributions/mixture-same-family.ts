import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  exp,
  expandDims,
  mul,
  reshape,
  square,
  sub,
  sum,
  tidy,
  where,
  zerosLike,
} from "../backend/engine.js";
import { InputError } from "../errors.js";
import { float64, logSumExp } from "../math/index.js";
import { categorical } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import type { Categorical } from "./categorical.js";
import { isCategory, normalisedLogits64 } from "./category-probabilities.js";
import type { CategoryProbabilities64 } from "./category-probabilities.js";
import { broadcastShapes, expand } from "./shapes.js";
import { having } from "./statistic.js";
import type { Distribution, Float64Distribution, HasCdf, HasMean, HasVariance } from "./types.js";

/**
 * A mixture of k components of one family: p(x) = Σ_j w_j p_j(x), w from `mixture`, p_j from `component`, whose last
 * batch axis has the k components.
 *
 * Mean, variance and cdf are there if the component has them. Throws `InputError` when the batch shapes don't fit.
 */
export class MixtureSameFamily<Component extends Distribution = Distribution> implements Distribution {
  readonly family = "MixtureSameFamily";
  readonly batchShape: Shape;
  readonly eventShape: Shape;
  readonly mixture: Categorical;
  readonly component: Component;

  constructor({ mixture, component }: { readonly mixture: Categorical; readonly component: Component }) {
    const componentBatch = component.batchShape.slice(0, -1);
    const batch = broadcastShapes(mixture.batchShape, componentBatch);
    const trailing = batch.slice(batch.length - componentBatch.length);
    if (component.batchShape.at(-1) !== mixture.levels || trailing.join() !== componentBatch.join()) {
      throw new InputError(
        `MixtureSameFamily: ${component.family} has the batch shape [${component.batchShape.join(", ")}]; give it [${[...batch, mixture.levels].join(", ")}].`,
      );
    }
    this.mixture = mixture;
    this.component = component;
    this.batchShape = batch;
    this.eventShape = component.eventShape;
  }

  /** Draws a component by the Gumbel-max trick; the gradient flows to the components only. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const [choiceKey, componentKey] = key.split(2);
      const { levels } = this.mixture;
      const choice = categorical(choiceKey, expand(this.mixture.logits, [...this.batchShape, levels]), shape);
      const missing = this.batchShape.length - this.component.batchShape.length + 1;
      const draws = this.component.sample(componentKey, [...shape, ...this.batchShape.slice(0, missing)]);
      const mask = this.overEvent(isCategory(choice, levels));
      return sum(where(mask, draws, zerosLike(draws)), this.axisOf(draws));
    });
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => logSumExp(add(this.component.logProb(this.perComponent(x)), this.mixture.logits), -1));
  }

  cdf(this: MixtureSameFamily<Distribution & HasCdf>, x: Tensor): Tensor {
    return tidy(() => {
      const parts = having(this.component, "cdf").cdf(this.perComponent(x));
      return sum(mul(parts, exp(this.mixture.logits)), -1);
    });
  }

  /** Σ w_j m_j. */
  mean(this: MixtureSameFamily<Distribution & HasMean>): Tensor {
    return tidy(() => this.average(having(this.component, "mean").mean()));
  }

  /** Σ w_j (v_j + (m_j - m)²). */
  variance(this: MixtureSameFamily<Distribution & HasMean & HasVariance>): Tensor {
    return tidy(() => {
      const means = having(this.component, "mean").mean();
      const deviations = sub(means, this.perComponent(this.average(means)));
      return this.average(add(having(this.component, "variance").variance(), square(deviations)));
    });
  }

  /** x with an axis for the components before its event axes. */
  private perComponent(x: Tensor): Tensor {
    return expandDims(x, x.rank - this.eventShape.length);
  }

  /** The components' axis in a tensor that has it. */
  private axisOf(x: Tensor): number {
    return x.rank - this.eventShape.length - 1;
  }

  /** A tensor [..., k] with axes of size 1 for the event. */
  private overEvent(x: Tensor): Tensor {
    return reshape(x, [...x.shape, ...this.eventShape.map(() => 1)]);
  }

  /** The components' values [..., k, ...event] averaged by weight. */
  private average(values: Tensor): Tensor {
    const weighted = mul(values, this.overEvent(exp(this.mixture.logits)));
    return sum(weighted, this.axisOf(weighted));
  }
}

/** The float64 form of a mixture of scalar distributions; mean, variance and cdf if every component has them. */
export function mixtureSameFamily64(
  parameters: { readonly components: readonly Float64Distribution[] } & CategoryProbabilities64,
): Float64Distribution {
  const { components } = parameters;
  const logits = normalisedLogits64(parameters);
  const average = (value: (component: Float64Distribution) => number): number =>
    components.reduce((total, component, k) => total + Math.exp(logits[k]!) * value(component), 0);
  const all = (name: "mean" | "variance" | "cdf"): boolean =>
    components.every((component) => name in component);
  const mean = (): number => average((component) => component.mean!());
  const variance = (): number => {
    const center = mean();
    return average((component) => component.variance!() + (component.mean!() - center) ** 2);
  };
  return {
    logProb: (x) => float64.logSumExp(components.map((component, k) => logits[k]! + component.logProb(x))),
    ...(all("cdf") && { cdf: (x: number) => average((component) => component.cdf!(x)) }),
    ...(all("mean") && { mean }),
    ...(all("mean") && all("variance") && { variance }),
  };
}
