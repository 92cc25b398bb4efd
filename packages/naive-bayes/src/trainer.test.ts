import { InputError, key, posterior, readSync, resume, rows, save, slice, take, type Rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { naiveBayes } from "./index.js";
import { irisSpec, label, mixedRows, mixedSpec, table, weighed, weighedSpec } from "./testing/data.js";
import { near } from "./testing/near.js";
import { naiveBayesOf } from "./testing/settings.js";
import { train } from "./testing/train.js";
import { trainer } from "./trainer.js";

beforeAll(() => useBackend("cpu"));

const numbers = (arrays: ReadonlyMap<string, { data: ArrayLike<number> }>): number[] =>
  [...arrays.values()].flatMap(({ data }) => Array.from(data));

/** Rows of which only every fifth has its label. */
function fewLabels(x: Rows): Rows {
  const y = Int32Array.from(x.columns["y"]!.data as Int32Array, (c, row) => (row % 5 === 0 ? c : -1));
  return { length: x.length, columns: { ...x.columns, y: { data: y, shape: [] } } };
}

describe("counting", () => {
  const x = mixedRows(key(2), 150, 0.1);

  it("is one sweep, of chunks of any size", async () => {
    const whole = await train(mixedSpec, x);
    expect(whole.end).toMatchObject({ type: "end", step: 1, reason: "complete" });
    expect(whole.metrics).toEqual([{ labelled: 150, unlabelled: 0 }]);
    const direct = naiveBayesOf(mixedSpec);
    direct.partialFit(x);
    near(numbers(await whole.inner.state()), numbers(await direct.state()), 1e-12);
    for (const batch of [1, 7, 64]) {
      const { inner } = await train(mixedSpec, x, { batch });
      near(numbers(await inner.state()), numbers(await whole.inner.state()), 1e-12);
    }
  });

  it("leaves out rows without a label", async () => {
    const { inner, metrics } = await train(mixedSpec, fewLabels(x));
    expect(metrics).toEqual([{ labelled: 30, unlabelled: 120 }]);
    expect(inner.statistics.classWeights.reduce((a, b) => a + b, 0)).toBe(30);
  });

  it("refuses a column of which nothing can be learned, instead of giving a model that can't be asked", async () => {
    const spec = table({ x: { type: "real", shape: [] }, y: label(2) });
    const learning = (values: readonly number[], varianceSmoothing: number) =>
      train(spec, rows({ x: values, y: [0, 0, 1, 1] }), { config: { varianceSmoothing } });
    await expect(learning([1, 1, 2, 3], 0)).rejects.toThrow(/^Column "x" has one value only in a class/);
    await expect(learning([1e300, -1e300, 2, 3], 1e-9)).rejects.toThrow(/^Column "x" holds numbers so large/);
  });

  it("takes a weight for as many equal rows, 0 for none", async () => {
    const times = Float64Array.from({ length: 150 }, (_, i) => (i * 7) % 4);
    const repeated = Array.from(times).flatMap((n, row) => Array.from({ length: n }, () => row));
    for (const [some, training] of [
      [x, {}],
      [fewLabels(x), { unlabelled: 0.5, tolerance: 0 }],
    ] as const) {
      const run = { training, steps: 4, batch: 64 };
      const one = await train(weighedSpec, weighed(some, times), run);
      const many = await train(mixedSpec, take(some, repeated), run);
      near(numbers(await one.inner.state()), numbers(await many.inner.state()), 1e-10);
      one.metrics.forEach((metrics, i) =>
        near(Object.values(metrics), Object.values(many.metrics[i]!), 1e-10),
      );
      near(one.inner.logJoint(x), many.inner.logJoint(x), 1e-10);
    }
  });

  it("refuses a weight that is none by its column and row, and labels that count nothing", async () => {
    const times = new Float64Array(150).fill(1);
    times[101] = -0.5;
    await expect(async () => train(weighedSpec, weighed(x, times))).rejects.toThrow(
      /Column "times" is -0.5 in row 102 /,
    );
    await expect(train(weighedSpec, weighed(x, new Float64Array(150)))).rejects.toThrow(
      /No row has a label and a weight above 0/,
    );
  });

  it("refuses data without any label, and a column without any value", async () => {
    const none = { ...x.columns, y: { data: new Int32Array(150).fill(-1), shape: [] } };
    await expect(train(mixedSpec, { length: 150, columns: none })).rejects.toThrow(/No row has a label/);
    const empty = { ...x.columns, height: { data: new Float64Array(150).fill(NaN), shape: [] } };
    await expect(train(mixedSpec, { length: 150, columns: empty })).rejects.toThrow(
      /The column "height" has no value/,
    );
  });
});

describe("with rows that have no label", () => {
  const training = { unlabelled: 1, tolerance: 0 };

  it("never lowers the log-likelihood, with the prior that smoothing stands for", async () => {
    const spec = table({ x: { type: "category", shape: [6], levels: 3 }, y: label(3, true) });
    const all = mixedRows(key(3), 300);
    const x = fewLabels(
      rows({
        x: {
          data: Int32Array.from({ length: 1800 }, (_, i) => {
            const row = Math.floor(i / 6);
            const y = (all.columns["y"]!.data as Int32Array)[row]!;
            return (all.columns["colours"]!.data as Int32Array)[(i * 7) % 600]! === 1 ? 1 : y;
          }),
          shape: [6],
        },
        y: all.columns["y"]!,
      }),
    );
    const objectives: number[] = [];
    for (let steps = 1; steps <= 12; steps++) {
      const { inner } = await train(spec, x, { config: { alpha: 0.5 }, training, steps });
      const joint = inner.logJoint(x);
      const marginal = inner.logProb(x);
      const labels = x.columns["y"]!.data as Int32Array;
      let total = 0;
      labels.forEach((c, row) => (total += c >= 0 ? joint[3 * row + c]! : marginal[row]!));
      // log Dirichlet(α + 1) of each column's probabilities, less its constant.
      for (let j = 0; j < 6; j++)
        for (let level = 0; level < 3; level++) {
          const only = new Int32Array(6).fill(-1).map((missing, k) => (k === j ? level : missing));
          const one = inner.logJoint(rows({ x: { data: only, shape: [6] } }));
          one.forEach((value, c) => (total += 0.5 * (value - inner.learned.logPriors[c]!)));
        }
      objectives.push(total);
    }
    objectives.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(objectives[i]! - 1e-9));
    expect(objectives.at(-1)!).toBeGreaterThan(objectives[0]! + 1);
  });

  it("converges, tells of it, and classifies better with them", async () => {
    const all = mixedRows(key(9), 400);
    const truth = all.columns["y"]!.data as Int32Array;
    const y = truth.map((c, row) => (row < 9 ? c : -1));
    const x = { length: 400, columns: { ...all.columns, y: { data: y, shape: [] } } };
    const errors = async (unlabelled: number): Promise<number> => {
      const { inner, end, metrics } = await train(mixedSpec, x, { training: { unlabelled } });
      expect(end).toMatchObject({ reason: unlabelled > 0 ? "converged" : "complete" });
      if (unlabelled > 0)
        expect(metrics.at(-1)!["logLikelihood"]).toBeGreaterThan(metrics[1]!["logLikelihood"]!);
      const shares = readSync(posterior(inner, all));
      return truth.filter((c, row) => {
        const own = shares.subarray(3 * row, 3 * row + 3);
        return own.indexOf(Math.max(...own)) !== c;
      }).length;
    };
    expect(await errors(1)).toBeLessThan(await errors(0));
  });

  it("resumes bit for bit", async () => {
    const x = fewLabels(mixedRows(key(4), 200));
    const whole = await train(mixedSpec, x, { training, steps: 6, batch: 64 });
    const half = await train(mixedSpec, x, { training, steps: 3, batch: 64 });
    const file = await save(half.model, { trainer: half.trainer, step: 3, key: key(1) });
    const { model, trainer: again } = await resume(file, [naiveBayes]);
    for (let step = 3; step < 6; step++)
      await again.step(
        [0, 64, 128, 192].map((first) => slice(x, first, Math.min(200, first + 64))),
        { step, key: key(1) },
      );
    expect(await model.state()).toEqual(await whole.inner.state());
    expect(await again.state()).toEqual(await whole.trainer.state());
  });
});

it("refuses a state that is not its own", () => {
  const own = trainer(naiveBayesOf(irisSpec), { unlabelled: 0, tolerance: 0 });
  expect(() => own.restore(new Map())).toThrow(InputError);
});
