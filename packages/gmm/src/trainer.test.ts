import { fit, InputError, key, resume, save, type TrainingEvent } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals64 } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { gmm } from "./index.js";
import { covarianceOf, type CovarianceType } from "./mixture/mixture.js";
import { Gmm } from "./model.js";
import { blobs, irisData, labelledData, points, unlabelledData } from "./testing/data.js";
import { near } from "./testing/near.js";
import { train } from "./testing/train.js";
import { trainer } from "./trainer.js";

beforeAll(() => useBackend("cpu"));

const types: CovarianceType[] = ["full", "tied", "diagonal", "spherical"];

describe.each(types)("EM with %s covariances", (covariance) => {
  it("never lowers the log-likelihood", async () => {
    for (const seed of [1, 2, 3]) {
      const data = unlabelledData(blobs(key(seed), 200, 3), 3);
      const run = await train(data, {
        config: { components: 4, covariance },
        training: { tolerance: 0, regularization: 0 },
        steps: 30,
        seed,
      });
      const values = run.metrics.map(({ logLikelihood }) => logLikelihood!);
      expect(values).toHaveLength(30);
      values.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i]! - 1e-12));
      expect(values.at(-1)!).toBeGreaterThan(values[0]!);
    }
  });

  it("makes the same sweep of batches of any size", async () => {
    const data = unlabelledData(blobs(key(5), 101, 2), 2);
    const config = { components: 3, covariance };
    const whole = await train(data, { config, steps: 3 });
    for (const batch of [1, 7, 100]) {
      const { inner, metrics } = await train(data, { config, steps: 3, batch });
      for (const part of ["weights", "means", "covariances"] as const)
        near(inner.shares.mixtures[0]![part], whole.inner.shares.mixtures[0]![part], 1e-12);
      near(Object.values(metrics.at(-1)!), Object.values(whole.metrics.at(-1)!), 1e-12);
    }
  });

  it("keeps its digits far from the origin", async () => {
    const x = blobs(key(6), 300, 2);
    const shifted = x.map((value) => value + 1e6);
    const config = { components: 3, covariance };
    const run = { config, training: { tolerance: 0 }, steps: 20 };
    const here = await train(
      unlabelledData(
        shifted.map((value) => value - 1e6),
        2,
      ),
      run,
    );
    const there = await train(unlabelledData(shifted, 2), run);
    expect(there.metrics.at(-1)!["logLikelihood"]).toBeCloseTo(here.metrics.at(-1)!["logLikelihood"]!, 7);
    const [a, b] = [here, there].map(({ inner }) => inner.shares.mixtures[0]!);
    near(b!.covariances, a!.covariances, 1e-6);
  });
});

it("finds the sample's mean and covariance with one component", async () => {
  const [rows, d] = [50, 3];
  const x = blobs(key(7), rows, d);
  const { inner } = await train(unlabelledData(x, d), {
    config: { components: 1 },
    training: { regularization: 0 },
  });
  const mean = Float64Array.from({ length: d }, (_, j) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += x[row * d + j]!;
    return sum / rows;
  });
  const covariance = Float64Array.from({ length: d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += (x[row * d + i]! - mean[i]!) * (x[row * d + j]! - mean[j]!);
    return sum / rows;
  });
  const mixture = inner.shares.mixtures[0]!;
  near(mixture.means, mean, 1e-13);
  near(covarianceOf(mixture, 0), covariance, 1e-13);
});

it("finds scikit-learn's optimum on iris", async () => {
  const config = { components: 3 };
  const training = { tolerance: 1e-7, restarts: 3 };
  let best: Readonly<Record<string, number>> = { logLikelihood: -Infinity };
  for (const seed of [1, 2, 3, 4, 5]) {
    const { metrics, end } = await train(irisData, { config, training, seed, steps: 500 });
    expect(end).toMatchObject({ type: "end", reason: "converged" });
    if (metrics.at(-1)!["logLikelihood"]! > best["logLikelihood"]!) best = metrics.at(-1)!;
  }
  expect(Math.abs(best["logLikelihood"]! - -1.201237)).toBeLessThan(1e-4);
  expect(Math.abs(best["bic"]! - 580.839)).toBeLessThan(0.03);
});

it("does nothing more once it has converged", async () => {
  const { model, trainer: done, end } = await train(irisData, { config: { components: 2 }, steps: 200 });
  expect(end).toMatchObject({ reason: "converged" });
  const before = await model.state();
  const again = model.trainer();
  again.restore(await done.state());
  const x = await irisData.take(Int32Array.from({ length: 150 }, (_, i) => i));
  const step = await again.step([x], { step: end.step, key: key(3) });
  expect(step.done).toBe("converged");
  expect(Object.keys(step.metrics)).toEqual(["logLikelihood", "bic", "aic", "icl"]);
  expect(await model.state()).toEqual(before);
  expect(await again.state()).toEqual(await done.state());
});

it("refuses a state that is not its own", () => {
  const own = trainer(new Gmm(points(2), { components: 2, covariance: "full" }), {
    start: "k-means",
    restarts: 1,
    tolerance: 0,
    regularization: 0,
    revive: false,
    prior: "none",
    concentration: 1,
  });
  expect(() => own.restore(new Map())).toThrow(InputError);
});

describe("tells of degenerate components", () => {
  const line = normals64(key(11), 100);
  const twice = Float64Array.from({ length: 200 }, (_, i) => (1 + (i % 2)) * line[Math.floor(i / 2)]!);
  const lonely = Float64Array.from([...line.slice(0, 40), 50, 50, 50]);

  it("of one that sits on a point, once", async () => {
    const { diagnoses } = await train(unlabelledData(lonely, 1), {
      config: { components: 2 },
      training: { tolerance: 0 },
      steps: 5,
    });
    expect(diagnoses).toHaveLength(1);
    expect(diagnoses[0]).toMatchObject({ kind: "degenerate-component" });
  });

  it("of none again after a resumption", async () => {
    const data = unlabelledData(lonely, 1);
    const run = { config: { components: 2 }, training: { tolerance: 0 }, steps: 2 };
    const { model, trainer: own, diagnoses } = await train(data, run);
    expect(diagnoses).toHaveLength(1);
    const file = await save(model, { trainer: own, step: 2, key: key(1) });
    const { model: copy, trainer: resumed, step, key: from } = await resume(file, [gmm]);
    const events: TrainingEvent[] = [];
    const options = { key: from, from: step, steps: 5, batch: 4096 };
    for await (const event of fit(copy, resumed, data, options)) events.push(event);
    expect(events.filter(({ type }) => type === "step")).toHaveLength(3);
    expect(events.filter(({ type }) => type === "diagnosis")).toEqual([]);
  });

  it("of a direction that is no axis", async () => {
    const { diagnoses } = await train(unlabelledData(twice, 2), { config: { components: 1 } });
    expect(diagnoses).toHaveLength(1);
  });

  it("but not of healthy ones, nor of a constant column", async () => {
    expect((await train(irisData, { config: { components: 3 } })).diagnoses).toEqual([]);
    const constant = Float64Array.from({ length: 200 }, (_, i) => (i % 2 ? 0.1 : line[i / 2]!));
    expect((await train(unlabelledData(constant, 2), { config: { components: 2 } })).diagnoses).toEqual([]);
  });
});

describe("says in one sentence what is wrong with the data", () => {
  const fails = async (promise: Promise<unknown>, message: RegExp) => {
    const error: unknown = await promise.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toMatch(message);
  };
  const few = Float64Array.of(1, 2, 3);

  it("fewer rows than components", () =>
    fails(
      train(unlabelledData(few, 1), { config: { components: 4 } }),
      /^There are 3 rows for 4 components: .*at most 3\.$/,
    ));

  it("a class with fewer rows than components, or without rows", async () => {
    const two = labelledData(few, 1, Int32Array.of(0, 0, 1), ["a", "b"]);
    await fails(train(two, { config: { components: 2 } }), /^There is 1 row of class "b" for 2 components/);
    const three = labelledData(few, 1, Int32Array.of(0, 0, 1), ["a", "b", "c"]);
    await fails(train(three, { config: { components: 1 } }), /^The class "c" has no rows/);
  });

  it("numbers whose squares are beyond float64", () =>
    fails(
      train(unlabelledData(Float64Array.of(1e300, 1, -1e300, 2), 2), { config: { components: 1 } }),
      /^The column "x\[0\]" holds numbers so large/,
    ));

  it("no spread and no regularization", () =>
    fails(
      train(unlabelledData(new Float64Array(8).fill(2), 2), {
        config: { components: 1, covariance: "diagonal" },
        training: { regularization: 0 },
      }),
      /^The covariance of component 0 is not positive definite/,
    ));
});
