import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, exp, grads, makeTensor, memory, mul, eye, tidy } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { key } from "../random/index.js";
import { Bernoulli } from "./bernoulli.js";
import { Binomial } from "./binomial.js";
import { Categorical } from "./categorical.js";
import { ContinuousBernoulli } from "./continuous-bernoulli.js";
import { Deterministic } from "./deterministic.js";
import { Dirichlet } from "./dirichlet.js";
import { Geometric } from "./geometric.js";
import { Independent } from "./independent.js";
import { kl, klMonteCarlo } from "./kl.js";
import { Multinomial } from "./multinomial.js";
import { MultivariateNormalDiag } from "./multivariate-normal-diag.js";
import { MultivariateNormal } from "./multivariate-normal.js";
import { NegativeBinomial } from "./negative-binomial.js";
import { Normal } from "./normal.js";
import { OneHotCategorical } from "./one-hot-categorical.js";
import { Poisson } from "./poisson.js";
import { agrees, readCases } from "./testing/oracle-check.js";
import { oracleTable } from "./testing/oracle-table.js";
import type { OracleParameters } from "./testing/oracle-table.js";
import { leavesOnlyResult, read, vector } from "./testing/property-case.js";
import type { Distribution } from "./types.js";

interface Case {
  readonly p: string;
  readonly q: string;
  readonly paramsP: OracleParameters;
  readonly paramsQ: OracleParameters;
  readonly kl: number;
}

const cases = readCases<Case>("kl.json");

const divergenceOf = (one: Case): number => {
  const value = tidy(() =>
    kl(oracleTable[one.p]!.create(one.paramsP), oracleTable[one.q]!.create(one.paramsQ)),
  );
  return read(value)[0]!;
};

const lower = [0.8, 0, 0, -0.5, 1.3, 0, 0.3, 0.7, 0.6];
const weights = (values: readonly number[]): Tensor => vector(values);
const factor = (scale: number): Tensor => tidy(() => mul(makeTensor(lower, [3, 3]), scale));

/** Pairs with a closed form; made inside `tidy`. */
const pairs: readonly (readonly [string, () => readonly [Distribution, Distribution]])[] = [
  ["Bernoulli", () => [new Bernoulli({ logits: 0.4 }), new Bernoulli({ probs: 0.2 })]],
  [
    "Binomial",
    () => [new Binomial({ totalCount: 7, probs: 0.3 }), new Binomial({ totalCount: 7, logits: 0.2 })],
  ],
  ["Poisson", () => [new Poisson({ rate: 3.1 }), new Poisson({ rate: 4.4 })]],
  ["Geometric", () => [new Geometric({ probs: 0.4 }), new Geometric({ logits: -1 })]],
  [
    "NegativeBinomial",
    () => [
      new NegativeBinomial({ totalCount: 2.5, probs: 0.4 }),
      new NegativeBinomial({ totalCount: 2.5, logits: 0.3 }),
    ],
  ],
  [
    "Categorical",
    () => [
      new Categorical({ probs: weights([1, 2, 3]) }),
      new Categorical({ logits: weights([0, 0.5, -1]) }),
    ],
  ],
  [
    "OneHotCategorical",
    () => [
      new OneHotCategorical({ probs: weights([1, 2, 3]) }),
      new OneHotCategorical({ logits: weights([0, 0.5, -1]) }),
    ],
  ],
  [
    "Multinomial",
    () => [
      new Multinomial({ totalCount: 4, probs: weights([1, 2, 3]) }),
      new Multinomial({ totalCount: 4, logits: weights([0, 0.5, -1]) }),
    ],
  ],
  [
    "Dirichlet",
    () => [
      new Dirichlet({ concentration: weights([1.5, 2, 0.8]) }),
      new Dirichlet({ concentration: weights([1, 0.7, 1.1]) }),
    ],
  ],
  [
    "ContinuousBernoulli",
    () => [new ContinuousBernoulli({ logits: 2 }), new ContinuousBernoulli({ logits: -0.3 })],
  ],
  [
    "MultivariateNormal",
    () => [
      new MultivariateNormal({ loc: weights([1, 0, 0]), scaleTril: factor(1) }),
      new MultivariateNormal({ loc: 0, scaleTril: factor(1.5) }),
    ],
  ],
  [
    "MultivariateNormal and MultivariateNormalDiag",
    () => [
      new MultivariateNormal({ loc: weights([1, 0, 0]), scaleTril: factor(1) }),
      new MultivariateNormalDiag({ loc: 0, scaleDiag: weights([1, 2, 3]) }),
    ],
  ],
  [
    "MultivariateNormalDiag and MultivariateNormal",
    () => [
      new MultivariateNormalDiag({ loc: weights([1, 0, 0]), scaleDiag: 0.4 }),
      new MultivariateNormal({ loc: 0.2, scaleTril: factor(1) }),
    ],
  ],
  [
    "MultivariateNormalDiag",
    () => [
      new MultivariateNormalDiag({ loc: weights([1, 0, 0]), scaleDiag: 0.4 }),
      new MultivariateNormalDiag({ loc: 0.2, scaleDiag: weights([1, 2, 3]) }),
    ],
  ],
  [
    "Independent",
    () => [
      new Independent(new Normal({ loc: weights([1, 0, 0]), scale: 0.4 }), 1),
      new Independent(new Normal({ loc: 0.2, scale: weights([1, 2, 3]) }), 1),
    ],
  ],
];

describe("kl", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it.each(cases.map((one, index) => [index, one.p, one] as const))(
    "case %i of the oracle, %s",
    (_index, _name, one) => {
      const actual = divergenceOf(one);
      expect(agrees(actual, one.kl, 2e-5), `${actual}, expected ${one.kl}`).toBe(true);
    },
  );

  it("finds one changed number of the oracle", () => {
    for (const one of cases) {
      expect(agrees(divergenceOf(one), one.kl + 1e-3 * Math.max(1, one.kl), 2e-5)).toBe(false);
    }
  });

  it.each(pairs)("%s: positive, as Monte Carlo says, and zero to itself", (_name, create) => {
    tidy(() => {
      const [p, q] = create();
      const closed = leavesOnlyResult(() => kl(p, q));
      const before = memory().numTensors;
      const { value, standardError } = klMonteCarlo(p, q, { key: key(7), samples: 20_000 });
      expect(memory().numTensors - before).toBe(2);
      const [exact] = read(closed);
      expect(exact).toBeGreaterThan(0);
      expect(Math.abs(read(value)[0]! - exact!)).toBeLessThan(5 * read(standardError)[0]! + 1e-6);
      expect(Math.abs(read(kl(p, p))[0]!)).toBeLessThan(2e-6);
    });
  });

  it.each([
    ["Bernoulli", (t: Tensor) => kl(new Bernoulli({ logits: t }), new Bernoulli({ probs: 0.3 }))],
    ["Poisson", (t: Tensor) => kl(new Poisson({ rate: exp(t) }), new Poisson({ rate: 2 }))],
    [
      "MultivariateNormal",
      (t: Tensor) =>
        kl(
          new MultivariateNormal({ loc: t, scaleTril: mul(makeTensor(lower, [3, 3]), exp(t)) }),
          new MultivariateNormal({ loc: 0, scaleTril: eye(3) }),
        ),
    ],
    [
      "MultivariateNormalDiag",
      (t: Tensor) =>
        kl(
          new MultivariateNormalDiag({ loc: mul(t, makeTensor([1, 2])), scaleDiag: exp(t) }),
          new MultivariateNormalDiag({ loc: makeTensor([0, 0]), scaleDiag: 1 }),
        ),
    ],
    [
      "Dirichlet",
      (t: Tensor) =>
        kl(
          new Dirichlet({ concentration: exp(mul(t, makeTensor([1, 2]))) }),
          new Dirichlet({ concentration: makeTensor([1, 2]) }),
        ),
    ],
  ])("%s has the gradient of its divergence", (_name, f) => {
    const t = makeTensor(0.4);
    const [gradient] = grads((value) => tidy(() => f(value)))([t]);
    const [above, below] = [0.41, 0.39].map((value) => read(tidy(() => f(makeTensor(value))))[0]!);
    expect(agrees(read(gradient!)[0]!, (above! - below!) / 0.02, 2e-3)).toBe(true);
    dispose(t);
  });

  it("is finite at impossible events of p, infinite at those of q", () => {
    const at = (p: number, q: number): number =>
      read(kl(new Bernoulli({ probs: p }), new Bernoulli({ probs: q })))[0]!;
    expect(at(0, 0.5)).toBeCloseTo(Math.LN2, 6);
    expect([at(0, 0), at(1, 1), at(0.5, 0), at(0.5, 1)]).toEqual([0, 0, Infinity, Infinity]);
    const { value, standardError } = klMonteCarlo(
      new Bernoulli({ probs: 0.5 }), new Bernoulli({ probs: 0 }), { key: key(1), samples: 50 },
    ); // prettier-ignore
    expect([read(value), read(standardError)]).toEqual([[Infinity], [Infinity]]);
    tidy(() => {
      const [p, q] = [
        [0, 1, 1],
        [1, 0, 1],
      ].map((probs) => new Categorical({ probs: vector(probs) }));
      expect(read(kl(p!, p!))).toEqual([0]);
      expect(read(kl(p!, q!))).toEqual([Infinity]);
    });
  });

  it("broadcasts batches", () => {
    tidy(() => {
      const p = new Bernoulli({ logits: makeTensor([[0.1], [0.2]]) });
      const q = new Bernoulli({ logits: makeTensor([0, 1, 2]) });
      const estimate = klMonteCarlo(p, q, { key: key(2), samples: 3 });
      expect([kl(p, q).shape, estimate.value.shape, estimate.standardError.shape]).toEqual([
        [2, 3],
        [2, 3],
        [2, 3],
      ]);
    });
  });

  it("says where there is no closed form, leaking nothing", () => {
    const before = memory().numTensors;
    const [p, q] = [new Normal({ loc: 0, scale: 1 }), new Deterministic({ value: 0 })];
    expect(() => kl(p, q)).toThrow(/no closed-form KL\(Normal \|\| Deterministic\).*klMonteCarlo/);
    expect(() =>
      kl(new Binomial({ totalCount: 2, probs: 0.5 }), new Binomial({ totalCount: 3, probs: 0.5 })),
    ).toThrow(/klMonteCarlo/);
    expect(() => klMonteCarlo(p, p, { key: key(1), samples: 1 })).toThrow(/samples/);
    expect(memory().numTensors).toBe(before);
  });
});
