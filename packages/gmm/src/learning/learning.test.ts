import {
  dataset,
  fit,
  InputError,
  key,
  posterior,
  readSync,
  rows,
  type Dataset,
  type DataSpec,
  type TrainingEvent,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import * as float64 from "@gen/core/float64";
import { normals64 } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { logLikelihoodOf } from "../mixture/gaussian.js";
import { bic } from "../mixture/information.js";
import { blobs, irisData, irisLabelled, labelledData, unlabelledData } from "../testing/data.js";
import { iris, species } from "../testing/iris.js";
import { near } from "../testing/near.js";
import { train } from "../testing/train.js";

beforeAll(() => useBackend("cpu"));

const last = <T>(values: readonly T[]): T => values.at(-1)!;

it.each([
  ["spherical", -2.562094, 853.809],
  ["diagonal", -2.04785, 744.632],
  ["tied", -1.709027, 632.963],
  ["full", -1.201237, 580.839],
] as const)(
  "finds scikit-learn's %s mixture of iris, and of 20 starts none that is worse",
  async (covariance, logLikelihood, bicOf) => {
    const run = { config: { components: 3, covariance }, steps: 3000 };
    const best = await train(irisData, { ...run, training: { restarts: 20, tolerance: 1e-8 } });
    expect(best.end).toMatchObject({ reason: "converged" });
    expect(last(best.metrics)["logLikelihood"]).toBeGreaterThan(logLikelihood - 2e-6);
    const alone = await Promise.all(
      Array.from({ length: 12 }, async (_, seed) =>
        last((await train(irisData, { ...run, seed, training: { tolerance: 1e-8 } })).metrics),
      ),
    );
    const same = alone.find((of) => Math.abs(of["logLikelihood"]! - logLikelihood) < 2e-6);
    expect(Math.abs(same!["bic"]! - bicOf)).toBeLessThan(1e-3);
  },
);

it("prefers two full components of iris by BIC, and never prefers assignments to densities", async () => {
  const criteria = await Promise.all(
    [1, 2, 3, 4].map(async (components) => {
      const { metrics } = await train(irisData, {
        config: { components },
        training: { restarts: 10, tolerance: 1e-7 },
        steps: 2000,
      });
      return last(metrics);
    }),
  );
  const bics = criteria.map((of) => of["bic"]!);
  expect(Math.min(...bics)).toBe(bics[1]);
  expect(Math.abs(bics[1]! - 574.018)).toBeLessThan(0.05);
  for (const of of criteria) expect(of["icl"]).toBeGreaterThanOrEqual(of["bic"]! - 1e-9);
  expect(criteria[0]!["icl"]).toBeCloseTo(bics[0]!, 9);
});

it("has the closed form of BIC with one component of one column", async () => {
  const x = normals64(key(1), 300);
  const { metrics } = await train(unlabelledData(x, 1), {
    config: { components: 1 },
    training: { regularization: 0 },
  });
  const mean = x.reduce((sum, v) => sum + v, 0) / 300;
  const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 300;
  const logLikelihood = -150 * (Math.log(2 * Math.PI * variance) + 1);
  expect(last(metrics)["bic"]).toBeCloseTo(bic(2, logLikelihood, 300), 8);
});

describe("with one component a class", () => {
  const gaussianOf = (c: number) => {
    const own = iris.filter((_, row) => species[row] === c).flat();
    return float64.covariance(own, 50, 4);
  };
  const means = [0, 1, 2].map((c) => gaussianOf(c).mean);
  const config = { components: 1 };
  const training = { regularization: 0 };
  const x = () => irisData.take(Int32Array.from({ length: 150 }, (_, row) => row));

  const posteriors = (covariances: readonly Float64Array[]): number[] =>
    iris.flatMap((row) => {
      const logits = means.map((mean, c) => {
        const factor = float64.cholesky(covariances[c]!, 4)!;
        const y = float64.solveLower(
          factor,
          4,
          row.map((value, j) => value - mean[j]!),
        );
        return -(y.reduce((sum, v) => sum + v * v, 0) + float64.logDetFromCholesky(factor, 4)) / 2;
      });
      const total = float64.logSumExp(logits);
      return logits.map((value) => Math.exp(value - total));
    });

  it("and full covariances it is quadratic discriminant analysis", async () => {
    const { inner } = await train(irisLabelled, { config, training });
    near(
      readSync(posterior(inner, await x())).map(Math.exp),
      posteriors([0, 1, 2].map((c) => gaussianOf(c).covariance)),
      1e-9,
    );
  });

  it("and one covariance for all it is linear discriminant analysis", async () => {
    const { inner, end } = await train(irisLabelled, {
      config: { ...config, covariance: "shared" },
      training,
    });
    expect(end).toMatchObject({ reason: "converged" });
    const within = [0, 1, 2].map((c) => gaussianOf(c).covariance);
    const pooled = within[0]!.map((_, i) => (within[0]![i]! + within[1]![i]! + within[2]![i]!) / 3);
    near(readSync(posterior(inner, await x())).map(Math.exp), posteriors([pooled, pooled, pooled]), 1e-9);
  });
});

it("with one covariance for all components of all classes never lowers the likelihood", async () => {
  const { metrics, inner } = await train(irisLabelled, {
    config: { components: 2, covariance: "shared" },
    training: { tolerance: 0, regularization: 0, restarts: 2 },
    steps: 40,
  });
  const values = metrics.map((of) => of["logLikelihood"]!);
  values.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i]! - 1e-10));
  const [a, b] = inner.shares.mixtures;
  expect(a!.covariances).toEqual(b!.covariances);
});

describe("weights", () => {
  const spec: DataSpec = {
    kind: "table",
    fields: {
      x: { type: "real", shape: [2] },
      times: { type: "real", shape: [], role: "weight" },
    },
  };
  const x = blobs(key(2), 60, 2);
  const weighted = (times: Float64Array): Dataset =>
    dataset(spec, rows({ x: { data: x, shape: [2] }, times }));

  it("count rows as often as they say", async () => {
    const times = Float64Array.from({ length: 60 }, (_, row) => row % 4);
    const repeated = Array.from(times).flatMap((count, row) =>
      Array.from({ length: count }, () => [x[2 * row]!, x[2 * row + 1]!]).flat(),
    );
    const run = { config: { components: 1 }, training: { tolerance: 0 }, steps: 3 };
    const a = await train(weighted(times), run);
    const b = await train(unlabelledData(Float64Array.from(repeated), 2), run);
    for (const part of ["means", "covariances"] as const)
      near(a.inner.shares.mixtures[0]![part], b.inner.shares.mixtures[0]![part], 1e-11);
    near(Object.values(last(a.metrics)), Object.values(last(b.metrics)), 1e-11);
  });

  it("are no part of the model's densities and samples", async () => {
    const { model } = await train(weighted(new Float64Array(60).fill(1)), { config: { components: 2 } });
    expect(readSync(model.logProb(rows({ x: [[0, 0]] })))).toHaveLength(1);
  });

  it("must be numbers of at least 0", () => {
    const times = new Float64Array(60).fill(1);
    times[7] = -1;
    expect(() => weighted(times)).toThrow('Column "times" is -1 in row 8 ');
  });
});

describe("missing values", () => {
  const optional = (columns: number): DataSpec => ({
    kind: "points",
    fields: { x: { type: "real", shape: [columns], optional: true } },
  });
  const data = (x: Float64Array, columns: number): Dataset =>
    dataset(optional(columns), rows({ x: { data: x, shape: [columns] } }));

  it("are learned around, without a fall of the likelihood", async () => {
    const x = blobs(key(3), 400, 3).map((value, i) => ((i * 7) % 10 < 2 ? NaN : value));
    const { metrics, inner } = await train(data(x, 3), {
      config: { components: 3 },
      training: { tolerance: 0, regularization: 0 },
      steps: 30,
      batch: 100,
    });
    const values = metrics.map((of) => of["logLikelihood"]!);
    values.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i]! - 1e-11));
    const scored = inner.logProb(rows({ x: { data: x, shape: [3] } }));
    expect(scored.every(Number.isFinite)).toBe(true);
    expect(scored.reduce((a, b) => a + b, 0) / 400).toBeGreaterThanOrEqual(last(values) - 1e-9);
  });

  it("of a whole column are told of", async () => {
    const x = blobs(key(4), 20, 2).map((value, i) => (i % 2 === 1 ? NaN : value));
    await expect(train(data(x, 2), { config: { components: 2 } })).rejects.toThrow(
      'The column "x[1]" has no value in any row: leave it out of the data.',
    );
  });
});

describe("small and odd data", () => {
  it("of one class", async () => {
    const data = labelledData(blobs(key(5), 30, 2), 2, new Int32Array(30), ["only"]);
    const { inner } = await train(data, { config: { components: 2 } });
    near(readSync(posterior(inner, rows({ x: [[0, 1]] }))), [0], 1e-12);
  });

  it("of equal rows have a finite density where they are", async () => {
    const data = unlabelledData(new Float64Array(20).fill(3), 2);
    const { inner } = await train(data, { config: { components: 3 } });
    expect(inner.logProb(rows({ x: [[3, 3]] }))[0]).toBeGreaterThan(0);
  });

  it("of ten rows", async () => {
    const { inner } = await train(unlabelledData(blobs(key(6), 10, 2), 2), { config: { components: 10 } });
    expect(inner.logProb(rows({ x: [[0, 0]] }))[0]).not.toBeNaN();
  });
});

it("revives components that have died", async () => {
  const data = unlabelledData(blobs(key(12), 400, 2, 2), 2);
  const run = async (revive: boolean) => {
    const { model, inner } = await train(data, { config: { components: 2 }, steps: 1 });
    const [mixture] = inner.shares.mixtures;
    inner.shares = { ...inner.shares, mixtures: [{ ...mixture!, weights: Float64Array.of(1, 0) }] };
    const trainer = model.trainer({ start: "continue", revive });
    const told = [];
    for await (const event of fit(model, trainer, data, { key: key(1), steps: 200 })) told.push(event.type);
    expect(told.includes("diagnosis")).toBe(!revive);
    return {
      weights: inner.shares.mixtures[0]!.weights,
      density: logLikelihoodOf(inner.shares.mixtures[0]!, blobs(key(12), 400, 2, 2)),
    };
  };
  const [dead, alive] = [await run(false), await run(true)];
  expect(Math.min(...dead.weights)).toBeLessThan(1e-10);
  expect(Math.min(...alive.weights)).toBeGreaterThan(0.1);
  expect(alive.density).toBeGreaterThan(dead.density + 10);
});

describe("under a prior", () => {
  it("tells its bound, which never falls, and needs no number of components", async () => {
    for (const prior of ["dirichlet", "dirichlet-process"] as const) {
      const { metrics, inner, end } = await train(unlabelledData(blobs(key(3), 600, 2), 2), {
        config: { components: 8 },
        training: { prior, concentration: 0.01, tolerance: 1e-7 },
        steps: 2000,
        batch: 250,
      });
      expect(end).toMatchObject({ reason: "converged" });
      const values = metrics.map((of) => of["bound"]!);
      values.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i]! - 1e-11));
      expect(inner.shares.mixtures[0]!.weights.filter((weight) => weight > 0.01)).toHaveLength(3);
    }
  });

  it("can't be had with one covariance for all classes", async () => {
    await expect(
      train(irisLabelled, { config: { covariance: "shared" }, training: { prior: "dirichlet" } }),
    ).rejects.toThrow(InputError);
  });
});

it("goes on from the model's parameters when told to", async () => {
  const config = { components: 3 };
  const first = await train(irisData, { config, training: { tolerance: 0 }, steps: 10 });
  const more = first.model.trainer({ start: "continue", tolerance: 0 });
  const events: TrainingEvent[] = [];
  for await (const event of fit(first.model, more, irisData, { key: key(9), steps: 5, batch: 4096 }))
    events.push(event);
  const whole = await train(irisData, { config, training: { tolerance: 0 }, steps: 16 });
  const values = events.flatMap((event) => (event.type === "step" ? [event.metrics["logLikelihood"]!] : []));
  near(
    values,
    whole.metrics.slice(11).map((of) => of["logLikelihood"]!),
    1e-9,
  );
});

it("keeps the best of several courses, which learn as each would alone", async () => {
  const config = { components: 4 };
  const { metrics, inner } = await train(irisData, {
    config,
    training: { tolerance: 0, restarts: 4 },
    steps: 25,
  });
  const one = await train(irisData, { config, training: { tolerance: 0 }, steps: 25 });
  expect(last(metrics)["logLikelihood"]).toBeGreaterThanOrEqual(last(one.metrics)["logLikelihood"]! - 1e-12);
  expect(inner.shares.mixtures).toHaveLength(1);
});
