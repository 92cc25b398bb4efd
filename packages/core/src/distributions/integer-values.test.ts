import { beforeAll, describe, expect, it } from "vitest";
import { cast, dispose, makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { Bernoulli } from "./bernoulli.js";
import { Binomial } from "./binomial.js";
import { Categorical } from "./categorical.js";
import { Deterministic } from "./deterministic.js";
import { DiscretizedLogisticMixture } from "./discretized-logistic-mixture.js";
import { Geometric } from "./geometric.js";
import { Multinomial } from "./multinomial.js";
import { NegativeBinomial } from "./negative-binomial.js";
import { Normal } from "./normal.js";
import { OneHotCategorical } from "./one-hot-categorical.js";
import { Poisson } from "./poisson.js";
import { Quantized } from "./quantized.js";
import { read, vector } from "./testing/property-case.js";
import type { AnyDistribution } from "./testing/property-case.js";

describe("int32 values, as columns of categories and counts hold them", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  const weights = (): ReturnType<typeof vector> => vector([0.2, 0.3, 0.5]);
  it.each<readonly [string, () => AnyDistribution]>([
    ["Bernoulli", () => new Bernoulli({ probs: 0.3 })],
    ["Binomial", () => new Binomial({ totalCount: 4, probs: 0.3 })],
    ["Categorical", () => new Categorical({ probs: weights() })],
    ["Deterministic", () => new Deterministic({ value: 1 })],
    [
      "DiscretizedLogisticMixture",
      () => new DiscretizedLogisticMixture({ probs: weights(), loc: weights(), scale: 0.1 }),
    ],
    ["Geometric", () => new Geometric({ probs: 0.3 })],
    ["Multinomial", () => new Multinomial({ totalCount: 1, probs: weights() })],
    ["NegativeBinomial", () => new NegativeBinomial({ totalCount: 2, probs: 0.3 })],
    ["OneHotCategorical", () => new OneHotCategorical({ probs: weights() })],
    ["Poisson", () => new Poisson({ rate: 2 })],
    ["Quantized", () => new Quantized(new Normal({ loc: 1, scale: 1 }), { low: 0, high: 5 })],
  ])("%s takes them", (_name, create) => {
    const distribution = create();
    const integers = makeTensor([0, 1, 0], [3], "int32");
    const floats = cast(integers, "float32");
    expect(read(distribution.logProb(integers))).toEqual(read(distribution.logProb(floats)));
    if (distribution.cdf) expect(read(distribution.cdf(integers))).toEqual(read(distribution.cdf(floats)));
    dispose([integers, floats]);
  });
});
