import type { Tensor } from "@tensorflow/tfjs-core";
import { makeTensor } from "../../backend/engine.js";
import { Bernoulli, bernoulli64 } from "../bernoulli.js";
import { Beta, beta64 } from "../beta.js";
import { Binomial, binomial64 } from "../binomial.js";
import { Categorical, categorical64 } from "../categorical.js";
import { Cauchy, cauchy64 } from "../cauchy.js";
import { ContinuousBernoulli, continuousBernoulli64 } from "../continuous-bernoulli.js";
import { Dirichlet } from "../dirichlet.js";
import { DiscretizedLogisticMixture, discretizedLogisticMixture64 } from "../discretized-logistic-mixture.js";
import { Exponential, exponential64 } from "../exponential.js";
import { Gamma, gamma64 } from "../gamma.js";
import { Geometric, geometric64 } from "../geometric.js";
import { Gumbel, gumbel64 } from "../gumbel.js";
import { HalfNormal, halfNormal64 } from "../half-normal.js";
import { InverseGamma, inverseGamma64 } from "../inverse-gamma.js";
import { Laplace, laplace64 } from "../laplace.js";
import { LogNormal, logNormal64 } from "../log-normal.js";
import { Logistic, logistic64 } from "../logistic.js";
import { MixtureSameFamily, mixtureSameFamily64 } from "../mixture-same-family.js";
import { Multinomial } from "../multinomial.js";
import { MultivariateNormal } from "../multivariate-normal.js";
import { NegativeBinomial, negativeBinomial64 } from "../negative-binomial.js";
import { Normal, normal64 } from "../normal.js";
import { Poisson, poisson64 } from "../poisson.js";
import { RelaxedOneHotCategorical } from "../relaxed-one-hot-categorical.js";
import { StudentT, studentT64 } from "../student-t.js";
import { TruncatedNormal, truncatedNormal64 } from "../truncated-normal.js";
import type { Distribution, Float64Distribution } from "../types.js";
import { Uniform, uniform64 } from "../uniform.js";
import { VonMises, vonMises64 } from "../von-mises.js";

/** An oracle's parameters: a number, a vector or a matrix each. */
export type OracleParameters = Readonly<
  Record<string, number | readonly number[] | readonly (readonly number[])[]>
>;

/** How one distribution is made from an oracle's parameters. `create` runs inside `tidy`. */
export interface OracleEntry {
  readonly create: (parameters: OracleParameters) => Distribution;
  readonly float64?: (parameters: OracleParameters) => Float64Distribution;
}

/** The named parameters as numbers. */
export function numbers<const Name extends string>(
  parameters: OracleParameters,
  ...names: readonly Name[]
): Record<Name, number> {
  const entries = names.map((name): [Name, number] => {
    const value = parameters[name];
    if (typeof value !== "number") throw new Error(`The oracle's ${name} is not a number.`);
    return [name, value];
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** The named parameter, a vector or a matrix, as a tensor. */
function array(parameters: OracleParameters, name: string): Tensor {
  const value = parameters[name];
  if (value === undefined || typeof value === "number")
    throw new Error(`The oracle's ${name} is not an array.`);
  return makeTensor(value as number[] | number[][], undefined, "float32");
}

/** The named vector, or matrix in rows, as numbers. */
export function vector(parameters: OracleParameters, name: string): Float64Array {
  const value = parameters[name];
  if (value === undefined || typeof value === "number")
    throw new Error(`The oracle's ${name} is not an array.`);
  return Float64Array.from(value.flat());
}

/** Every name of the oracle file; one entry per distribution, alphabetically. */
export const oracleTable: Readonly<Record<string, OracleEntry>> = {
  Bernoulli: {
    create: (p) => new Bernoulli(numbers(p, "probs")),
    float64: (p) => bernoulli64(numbers(p, "probs")),
  },
  Beta: {
    create: (p) => new Beta(numbers(p, "concentration1", "concentration0")),
    float64: (p) => beta64(numbers(p, "concentration1", "concentration0")),
  },
  Binomial: {
    create: (p) => new Binomial(numbers(p, "totalCount", "probs")),
    float64: (p) => binomial64(numbers(p, "totalCount", "probs")),
  },
  Categorical: {
    create: (p) => new Categorical({ probs: array(p, "probs") }),
    float64: (p) => categorical64({ probs: vector(p, "probs") }),
  },
  Cauchy: {
    create: (p) => new Cauchy(numbers(p, "loc", "scale")),
    float64: (p) => cauchy64(numbers(p, "loc", "scale")),
  },
  ContinuousBernoulli: {
    create: (p) => new ContinuousBernoulli(numbers(p, "logits")),
    float64: (p) => continuousBernoulli64(numbers(p, "logits")),
  },
  Dirichlet: { create: (p) => new Dirichlet({ concentration: array(p, "concentration") }) },
  DiscretizedLogisticMixture: {
    create: (p) =>
      new DiscretizedLogisticMixture({
        probs: array(p, "probs"),
        loc: array(p, "loc"),
        scale: array(p, "scale"),
      }),
    float64: (p) =>
      discretizedLogisticMixture64({
        probs: vector(p, "probs"),
        loc: vector(p, "loc"),
        scale: vector(p, "scale"),
      }),
  },
  Exponential: {
    create: (p) => new Exponential(numbers(p, "rate")),
    float64: (p) => exponential64(numbers(p, "rate")),
  },
  Gamma: {
    create: (p) => new Gamma(numbers(p, "concentration", "rate")),
    float64: (p) => gamma64(numbers(p, "concentration", "rate")),
  },
  Geometric: {
    create: (p) => new Geometric(numbers(p, "probs")),
    float64: (p) => geometric64(numbers(p, "probs")),
  },
  Gumbel: {
    create: (p) => new Gumbel(numbers(p, "loc", "scale")),
    float64: (p) => gumbel64(numbers(p, "loc", "scale")),
  },
  HalfNormal: {
    create: (p) => new HalfNormal(numbers(p, "scale")),
    float64: (p) => halfNormal64(numbers(p, "scale")),
  },
  InverseGamma: {
    create: (p) => new InverseGamma(numbers(p, "concentration", "rate")),
    float64: (p) => inverseGamma64(numbers(p, "concentration", "rate")),
  },
  Laplace: {
    create: (p) => new Laplace(numbers(p, "loc", "scale")),
    float64: (p) => laplace64(numbers(p, "loc", "scale")),
  },
  LogNormal: {
    create: (p) => new LogNormal(numbers(p, "loc", "scale")),
    float64: (p) => logNormal64(numbers(p, "loc", "scale")),
  },
  Logistic: {
    create: (p) => new Logistic(numbers(p, "loc", "scale")),
    float64: (p) => logistic64(numbers(p, "loc", "scale")),
  },
  MixtureSameFamily: {
    create: (p) =>
      new MixtureSameFamily({
        mixture: new Categorical({ probs: array(p, "probs") }),
        component: new Normal({ loc: array(p, "loc"), scale: array(p, "scale") }),
      }),
    float64: (p) => {
      const [locs, scales] = [vector(p, "loc"), vector(p, "scale")];
      const components = Array.from(locs, (loc, k) => normal64({ loc, scale: scales[k]! }));
      return mixtureSameFamily64({ probs: vector(p, "probs"), components });
    },
  },
  Multinomial: {
    create: (p) => new Multinomial({ ...numbers(p, "totalCount"), probs: array(p, "probs") }),
  },
  MultivariateNormal: {
    create: (p) => new MultivariateNormal({ loc: array(p, "loc"), scaleTril: array(p, "scaleTril") }),
  },
  NegativeBinomial: {
    create: (p) => new NegativeBinomial(numbers(p, "totalCount", "probs")),
    float64: (p) => negativeBinomial64(numbers(p, "totalCount", "probs")),
  },
  Normal: {
    create: (p) => new Normal(numbers(p, "loc", "scale")),
    float64: (p) => normal64(numbers(p, "loc", "scale")),
  },
  Poisson: {
    create: (p) => new Poisson(numbers(p, "rate")),
    float64: (p) => poisson64(numbers(p, "rate")),
  },
  RelaxedOneHotCategorical: {
    create: (p) => new RelaxedOneHotCategorical({ ...numbers(p, "temperature"), logits: array(p, "logits") }),
  },
  StudentT: {
    create: (p) => new StudentT(numbers(p, "df", "loc", "scale")),
    float64: (p) => studentT64(numbers(p, "df", "loc", "scale")),
  },
  TruncatedNormal: {
    create: (p) => new TruncatedNormal(numbers(p, "loc", "scale", "low", "high")),
    float64: (p) => truncatedNormal64(numbers(p, "loc", "scale", "low", "high")),
  },
  Uniform: {
    create: (p) => new Uniform(numbers(p, "low", "high")),
    float64: (p) => uniform64(numbers(p, "low", "high")),
  },
  VonMises: {
    create: (p) => new VonMises(numbers(p, "loc", "concentration")),
    float64: (p) => vonMises64(numbers(p, "loc", "concentration")),
  },
};
