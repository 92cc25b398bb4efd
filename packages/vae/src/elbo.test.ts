import {
  Independent,
  key,
  MultivariateNormal,
  MultivariateNormalDiag,
  Normal,
  product,
  tensor,
  type Rows,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals } from "@gen/core/random";
import { matMul, memory, mul, tensor as constant, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { elbo, importanceWeighted, type Parts } from "./elbo.js";

beforeAll(() => useBackend("cpu"));

const rows = 200;
const deviation = 0.5;

/**
 * x = W z + noise with z ~ N(0, 1) and W = (1, 2)ᵀ: p(x) = N(0, W Wᵀ + σ² I), and the posterior is normal with
 * precision 1 + |W|² / σ² and mean Wᵀ x / (σ² precision). `width` scales the encoder's deviation.
 */
function linear(width: number): { parts: Parts; x: Rows; logProb: Float32Array } {
  const w = constant([[1, 2]]);
  const precision = 1 + 5 / deviation ** 2;
  const data = normals(key(1), 2 * rows).map((value) => 1.5 * value);
  const x: Rows = { length: rows, columns: { x: { data, shape: [2] } } };
  const parts: Parts = {
    prior: new MultivariateNormalDiag({ loc: constant([0]), scaleDiag: constant([1]) }),
    posterior: (given) =>
      new MultivariateNormalDiag({
        loc: mul(matMul(tensor(given, "x"), w, false, true), 1 / (deviation ** 2 * precision)),
        scaleDiag: constant([width / Math.sqrt(precision)]),
      }),
    likelihood: (z: Tensor) =>
      product({ x: new Independent(new Normal({ loc: matMul(z, w), scale: deviation }), 1) }),
  };
  const [a, b, c] = [1 + deviation ** 2, 2, 4 + deviation ** 2];
  const l = Math.sqrt(a);
  const scaleTril = constant([
    [l, 0],
    [b / l, Math.sqrt(c - (b / l) ** 2)],
  ]);
  const exact = new MultivariateNormal({ loc: constant([0, 0]), scaleTril });
  return { parts, x, logProb: exact.logProb(tensor(x, "x")).dataSync<"float32">() };
}

const onEngine = (x: Rows): Rows => ({ ...x, columns: { x: { data: tensor(x, "x"), shape: [2] } } });
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** Mean over rows of a bound minus log p(x), and its standard error, from several keys. */
function gap(bound: (seed: number) => Float32Array, logProb: Float32Array) {
  const gaps = Array.from({ length: 24 }, (_, seed) => mean(bound(seed)) - mean(logProb));
  const centre = mean(gaps);
  return { centre, error: Math.sqrt(mean(gaps.map((g) => (g - centre) ** 2)) / (gaps.length - 1)) };
}

describe("of a linear model with Gaussian noise", () => {
  it("is log p(x) with the exact posterior: IWAE in every draw, ELBO on average", () => {
    const { parts, x, logProb } = linear(1);
    const own = onEngine(x);
    for (const samples of [1, 7]) {
      const bound = importanceWeighted(parts, own, key(3), samples).dataSync<"float32">();
      bound.forEach((value, row) => expect(Math.abs(value - logProb[row]!)).toBeLessThan(2e-4));
    }
    const { centre, error } = gap((seed) => elbo(parts, own, key(seed)).dataSync<"float32">(), logProb);
    expect(Math.abs(centre)).toBeLessThan(5 * error + 1e-4);
  });

  it("rises from ELBO through IWAE to log p(x)", () => {
    const { parts, x, logProb } = linear(2.5);
    const own = onEngine(x);
    const gaps = [
      gap((seed) => elbo(parts, own, key(seed)).dataSync<"float32">(), logProb),
      ...[2, 8, 64].map((samples) =>
        gap((seed) => importanceWeighted(parts, own, key(seed), samples).dataSync<"float32">(), logProb),
      ),
    ];
    gaps.slice(1).forEach(({ centre, error }, i) => {
      const before = gaps[i]!;
      expect(centre - before.centre).toBeGreaterThan(3 * Math.hypot(error, before.error));
    });
    // KL(q || p(z | x)) of two normals with a ratio of deviations of 2.5.
    const expected = -((2.5 ** 2 - 1) / 2 - Math.log(2.5));
    expect(Math.abs(gaps[0]!.centre - expected)).toBeLessThan(5 * gaps[0]!.error);
    const last = gaps.at(-1)!;
    expect(last.centre).toBeLessThan(5 * last.error);
    expect(last.centre).toBeGreaterThan(-0.05);
  });
});

it("takes as many draws as asked, also more than fit at once, and leaks nothing", () => {
  const { parts, x } = linear(1.5);
  const own = onEngine(x);
  tidy(() => {
    const before = memory().numTensors;
    const many = importanceWeighted(parts, own, key(5), 50);
    expect(memory().numTensors).toBe(before + 1);
    expect(many.shape).toEqual([rows]);
    expect(many.dataSync().every(Number.isFinite)).toBe(true);
  });
});
