import {
  classify,
  column,
  dataset,
  fit,
  InputError,
  key,
  resume,
  rows,
  save,
  type Dataset,
  type DataSpec,
  type Field,
  type NumericArray,
  type TrainingEvent,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals64, randints } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { near } from "../testing/near.js";
import { table } from "../testing/tables.js";
import { train } from "../testing/train.js";
import { logisticRegression } from "./index.js";

beforeAll(() => useBackend("cpu"));

const exact = { tolerance: 0 };

/** Σ weight · loss + penalty / C of a model's own parameters, added up row by row. */
async function objective(
  model: Awaited<ReturnType<typeof train<typeof logisticRegression.manifest, never>>>["model"],
  data: Dataset,
  penalty: number,
): Promise<number> {
  const x = await data.take(Int32Array.from({ length: data.length }, (_, i) => i));
  const logPosterior = (model as unknown as { logPosterior(x: unknown): Float64Array }).logPosterior(x);
  const y = column(x, "kind").data as Int32Array;
  return y.reduce((sum, c, row) => sum - logPosterior[row * 3 + c]!, penalty);
}

const squares = (weights: Float64Array): number => weights.reduce((sum, w) => sum + w * w, 0);

describe("the optimum", () => {
  const data = table(key(1), 80);

  it("is where the objective that is told stands, and no neighbour is lower", async () => {
    const { model, inner, metrics, end } = await train(logisticRegression, data, {
      training: { ...exact, C: 0.5 },
    });
    expect(end).toMatchObject({ reason: "converged" });
    const at = async (): Promise<number> => objective(model as never, data, squares(inner.weights));
    const best = await at();
    near([metrics.at(-1)!["objective"]!], [best], { relative: 1e-12 });
    const steps = normals64(key(2), 5 * inner.weights.length);
    const saved = inner.weights.slice();
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < saved.length; j++) {
        const unit = Math.floor(j / 3) === 1 ? 1e-8 : 1e-4;
        inner.weights[j] = saved[j]! + unit * steps[i * saved.length + j]!;
      }
      expect(await at()).toBeGreaterThan(best);
    }
  });

  it("does not depend on units when standardised, nor on chunks", async () => {
    const scaled: Dataset = {
      ...data,
      take: async (indices) => {
        const x = await data.take(indices);
        const income = (column(x, "income").data as Float64Array).map((value) => 1e-3 * value + 5);
        return { ...x, columns: { ...x.columns, income: { data: income, shape: [] } } };
      },
    };
    const config = { standardise: true };
    const here = await train(logisticRegression, data, { config, training: exact });
    const there = await train(logisticRegression, scaled, { config, training: exact, batch: 9 });
    near([there.metrics.at(-1)!["objective"]!], [here.metrics.at(-1)!["objective"]!], { relative: 1e-10 });
    near(
      there.inner.weights.subarray(3, 6),
      here.inner.weights.subarray(3, 6).map((w) => 1e3 * w),
      { relative: 1e-5, absolute: 1e-7 },
    );
  });

  it("takes weights of rows as so many rows, and of classes as weights of their rows", async () => {
    const indices = Int32Array.from({ length: 80 }, (_, i) => i);
    const weigh = (weight: (c: number) => number): Promise<Dataset> =>
      Promise.resolve(data.take(indices)).then((x) => {
        const w = Float64Array.from(column(x, "kind").data as Int32Array, weight);
        const spec: DataSpec = {
          kind: "table",
          fields: { ...data.spec.fields, w: { type: "real", shape: [], role: "weight" } },
        };
        return dataset(spec, { length: 80, columns: { ...x.columns, w: { data: w, shape: [] } } });
      });
    const y = column(await data.take(indices), "kind").data as Int32Array;
    const doubled = Int32Array.from([...indices].flatMap((i) => (y[i] === 1 ? [i, i] : [i])));
    const twice = dataset(data.spec, await data.take(doubled));
    const expected = await train(logisticRegression, twice, { training: exact });
    const byRow = await train(logisticRegression, await weigh((c) => (c === 1 ? 2 : 1)), {
      training: exact,
    });
    const byClass = await train(logisticRegression, data, { training: { ...exact, classWeights: "b = 2" } });
    for (const { inner } of [byRow, byClass])
      near(inner.weights, expected.inner.weights, { relative: 1e-4, absolute: 1e-7 });
    const counts = [0, 1, 2].map((c) => y.filter((label) => label === c).length);
    const list = counts.map((count, c) => `${"abc"[c]!}=${80 / (3 * count)}`).join(", ");
    const balanced = await train(logisticRegression, data, {
      training: { ...exact, classWeights: "balanced" },
    });
    const listed = await train(logisticRegression, data, { training: { ...exact, classWeights: list } });
    near(balanced.inner.weights, listed.inner.weights, { absolute: 1e-12 });
  });

  it("learns with weights as from rows that are repeated, 0 for none", async () => {
    const indices = Int32Array.from({ length: 80 }, (_, i) => i);
    const x = await data.take(indices);
    const times = Float64Array.from(indices, (i) => (i * 5) % 3);
    const spec: DataSpec = {
      kind: "table",
      fields: { ...data.spec.fields, times: { type: "real", shape: [], role: "weight" } },
    };
    const one = dataset(spec, {
      length: 80,
      columns: { ...x.columns, times: { data: times, shape: [] } },
    });
    const repeated = [...indices].flatMap((i) => Array.from({ length: times[i]! }, () => i));
    const many = dataset(data.spec, await data.take(Int32Array.from(repeated)));
    for (const classWeights of ["", "balanced"]) {
      const training = { ...exact, classWeights };
      const [weighed, expected] = [
        await train(logisticRegression, one, { config: { standardise: true }, training }),
        await train(logisticRegression, many, { config: { standardise: true }, training }),
      ];
      near(weighed.inner.weights, expected.inner.weights, { relative: 1e-6, absolute: 1e-8 });
      expect(weighed.metrics[0]!["objective"]).toBeCloseTo(expected.metrics[0]!["objective"]!, 8);
    }
    expect((await train(logisticRegression, one)).inner.logPosterior(x)).toHaveLength(240);
  });

  it("has weights of exactly 0 under L1, fewer the stronger it is", async () => {
    const config = { standardise: true };
    const zeros = async (training: object): Promise<number> => {
      const { inner, end } = await train(logisticRegression, data, { config, training });
      expect(end).toMatchObject({ reason: "converged" });
      return inner.weights.filter((w) => w === 0).length;
    };
    const [none, some, many] = [
      await zeros({ l1Ratio: 0 }),
      await zeros({ l1Ratio: 1 }),
      await zeros({ l1Ratio: 1, C: 0.05 }),
    ];
    expect(none).toBe(0);
    expect(some).toBeGreaterThan(0);
    expect(many).toBeGreaterThan(some);
    expect(await zeros({ l1Ratio: 0.5, C: 0.05 })).toBeGreaterThan(0);
  });

  it("of L1 holds its subgradient conditions", async () => {
    const { metrics, end } = await train(logisticRegression, data, {
      config: { standardise: true },
      training: { l1Ratio: 1, tolerance: 1e-9 },
    });
    expect(end).toMatchObject({ reason: "converged" });
    expect(metrics.at(-1)!["slope"]).toBeLessThan(1e-5);
  });
});

describe("two classes", () => {
  const spec: DataSpec = {
    kind: "points",
    fields: { x: { type: "real", shape: [1] }, y: { type: "category", shape: [], levels: 2, role: "y" } },
  };
  const data = dataset(spec, rows({ x: [[-1], [0], [1], [2]], y: Int32Array.of(0, 0, 1, 1) }));

  it("have one column of weights, penalised once, as scikit-learn's have", async () => {
    const { inner } = await train(logisticRegression, data, { training: exact });
    const [w, b] = [inner.weights[1]!, inner.intercepts[1]!];
    expect([inner.weights[0], inner.intercepts[0]]).toEqual([0, 0]);
    const p = [-1, 0, 1, 2].map((x) => 1 / (1 + Math.exp(-(w * x + b))));
    const residuals = p.map((value, i) => value - (i < 2 ? 0 : 1));
    expect(residuals.reduce((a, r) => a + r, 0)).toBeCloseTo(0, 9);
    expect(w + residuals.reduce((a, r, i) => a + r * (i - 1), 0)).toBeCloseTo(0, 9);
  });

  it("without an intercept have none", async () => {
    const { inner } = await train(logisticRegression, data, {
      config: { intercept: false },
      training: exact,
    });
    expect([...inner.intercepts]).toEqual([0, 0]);
    expect(inner.weights[1]).toBeGreaterThan(0);
  });
});

describe("rows of numbers that are mostly 0", () => {
  const [count, width] = [90, 6];
  /** Whole numbers up to 20; the first is 0 everywhere, the second 7. */
  const x = Float64Array.from(randints(key(5), count * width, 40), (value, i) =>
    i % width === 0 ? 0 : i % width === 1 ? 7 : Math.max(0, value - 19),
  );
  const label = randints(key(6), count, 3).map((c, row) => (x[row * width + 2]! > 0 ? c : row % 2));
  const data = (field: Field, values: NumericArray): Dataset =>
    dataset(
      {
        kind: "table",
        fields: {
          x: field,
          y: { type: "category", shape: [], levels: 3, role: "y" },
          colour: { type: "category", shape: [], levels: 2 },
        },
      },
      rows({ x: { data: values, shape: [width] }, y: label, colour: label.map((c, row) => (c + row) % 2) }),
    );
  const real: Field = { type: "real", shape: [width] };

  it.each([true, false])(
    "teach as dense ones of other origins do (standardised: %s)",
    async (standardise) => {
      const run = { config: { standardise }, training: exact, batch: 40 };
      const sparse = await train(logisticRegression, data(real, x), run);
      const dense = await train(
        logisticRegression,
        data(
          real,
          x.map((value) => value + 0.5),
        ),
        run,
      );
      near(sparse.inner.weights, dense.inner.weights, { relative: 1e-7, absolute: 1e-9 });
      near([sparse.metrics.at(-1)!["objective"]!], [dense.metrics.at(-1)!["objective"]!], {
        relative: 1e-12,
      });
      expect(sparse.inner.weights.slice(0, 6)).toEqual(new Float64Array(6));
    },
  );

  it("teach without intercepts, too, where a column that never changes has its say", async () => {
    const run = { config: { intercept: false }, training: exact };
    const sparse = await train(logisticRegression, data(real, x), run);
    // One number that is no whole one and of no weight to speak of keeps rows dense.
    const nudged = x.map((value, i) => (i === 0 ? 1e-9 : value + 1e-12));
    const dense = await train(logisticRegression, data(real, nudged), run);
    near(sparse.inner.weights, dense.inner.weights, { relative: 1e-4, absolute: 1e-6 });
    near([sparse.metrics.at(-1)!["objective"]!], [dense.metrics.at(-1)!["objective"]!], { relative: 1e-10 });
    expect(sparse.inner.weights[3]).not.toBe(0);
  });

  it("teach as levels that have an order do, in the units of those", async () => {
    const ordered: Field = { type: "category", levels: 21, ordered: true, shape: [width] };
    const levels = await train(logisticRegression, data(ordered, Uint8Array.from(x)), { training: exact });
    const numbers = await train(
      logisticRegression,
      data(
        real,
        x.map((value) => value / 20),
      ),
      { training: exact },
    );
    near(levels.inner.weights, numbers.inner.weights, { relative: 1e-7, absolute: 1e-9 });
    near(levels.inner.intercepts, numbers.inner.intercepts, { relative: 1e-7, absolute: 1e-9 });
    const asked = await data(ordered, Uint8Array.from(x)).take(Int32Array.of(3, 4));
    const same = await data(
      real,
      x.map((value) => value / 20),
    ).take(Int32Array.of(3, 4));
    near(levels.model.logPosterior(asked), numbers.model.logPosterior(same), { relative: 1e-6 });
  });
});

describe("hard cases", () => {
  const spec = (levels: number, width: number): DataSpec => ({
    kind: "points",
    fields: {
      x: { type: "real", shape: [width] },
      y: { type: "category", shape: [], levels, role: "y", optional: true },
    },
  });
  const made = (x: number[][], y: number[], levels: number): Dataset =>
    dataset(spec(levels, x[0]!.length), rows({ x, y: Int32Array.from(y) }));

  it("one class: it is certain", async () => {
    for (const levels of [1, 3]) {
      const { model, end } = await train(logisticRegression, made([[1], [2], [5]], [0, 0, 0], levels));
      expect(end).toMatchObject({ reason: "converged" });
      expect([...model.logPosterior(rows({ x: [[9]] }))]).toEqual([0, -Infinity, -Infinity].slice(0, levels));
    }
  });

  it("a class without rows: impossible, the others as if it were not there", async () => {
    const x = [[0], [1], [2], [3], [4], [5]];
    const [with3, with2] = [
      await train(logisticRegression, made(x, [0, 2, 0, 2, 0, 2], 3), { training: exact }),
      await train(logisticRegression, made(x, [0, 1, 0, 1, 0, 1], 2), { training: exact }),
    ];
    const posterior = with3.model.logPosterior(rows({ x: [[1]] }));
    expect(posterior[1]).toBe(-Infinity);
    near([posterior[0]!, posterior[2]!], with2.model.logPosterior(rows({ x: [[1]] })), {
      absolute: 1e-12,
    });
  });

  it("a constant column: no weight", async () => {
    const { inner } = await train(
      logisticRegression,
      made(
        [
          [7, 0],
          [7, 1],
          [7, 2],
          [7, 3],
        ],
        [0, 1, 0, 1],
        2,
      ),
    );
    expect(inner.weights[1]).toBe(0);
    expect(inner.weights[3]).not.toBe(0);
  });

  it("duplicate rows: as one row of their weight", async () => {
    const once = await train(logisticRegression, made([[0], [1], [2]], [0, 1, 1], 2), {
      training: { ...exact, C: 2 },
    });
    const twice = await train(
      logisticRegression,
      made([[0], [1], [2], [0], [1], [2]], [0, 1, 1, 0, 1, 1], 2),
      { training: exact },
    );
    near(twice.inner.weights, once.inner.weights, { absolute: 1e-9 });
  });

  it("ten rows, separable: finite weights, right classes", async () => {
    const x = Array.from({ length: 10 }, (_, i) => [i, i % 2]);
    const data = made(
      x,
      x.map(([i]) => (i! < 5 ? 0 : 1)),
      2,
    );
    const { model, inner } = await train(logisticRegression, data, { training: { C: 1e3 } });
    expect(inner.weights.every(Number.isFinite)).toBe(true);
    expect([...(await classify(model, rows({ x })))]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it("rows without a label: left out", async () => {
    const all = await train(logisticRegression, made([[0], [1], [2], [9]], [0, 1, 1, -1], 2), {
      training: exact,
    });
    const some = await train(logisticRegression, made([[0], [1], [2]], [0, 1, 1], 2), { training: exact });
    near(all.inner.weights, some.inner.weights, { absolute: 1e-12 });
    await expect(train(logisticRegression, made([[0], [1]], [-1, -1], 2))).rejects.toThrow(
      /No row has a label/,
    );
  });

  it("a column that is missing everywhere, numbers far from 0, and weights that are none", async () => {
    const optional: DataSpec = {
      kind: "table",
      fields: {
        x: { type: "real", shape: [], optional: true },
        y: { type: "category", shape: [], levels: 2, role: "y" },
      },
    };
    const missing = dataset(optional, rows({ x: [NaN, NaN], y: Int32Array.of(0, 1) }));
    await expect(train(logisticRegression, missing)).rejects.toThrow(/^Column "x" has no value in row 1/);
    const near0 = await train(logisticRegression, made([[0], [1], [2], [3]], [0, 1, 0, 1], 2), {
      training: exact,
    });
    const far = await train(
      logisticRegression,
      made([[1e6], [1e6 + 1], [1e6 + 2], [1e6 + 3]], [0, 1, 0, 1], 2),
      { training: exact },
    );
    near(far.inner.weights, near0.inner.weights, { absolute: 1e-9 });
    const weighted: DataSpec = {
      kind: "table",
      fields: {
        x: { type: "real", shape: [] },
        w: { type: "real", shape: [], role: "weight" },
        y: { type: "category", shape: [], levels: 2, role: "y" },
      },
    };
    expect(() => dataset(weighted, rows({ x: [1, 2], w: [1, -1], y: Int32Array.of(0, 1) }))).toThrow(
      /Column "w" is -1 in row 2 /,
    );
    const none = dataset(weighted, rows({ x: [1, 2], w: [0, 0], y: Int32Array.of(0, 1) }));
    await expect(train(logisticRegression, none)).rejects.toThrow(/No row has a label and a weight above 0/);
  });

  it("weights of classes that are none", async () => {
    const data = table(key(3), 10);
    for (const classWeights of ["e=1", "a", "a=x", "a=-1"])
      await expect(train(logisticRegression, data, { training: { classWeights } })).rejects.toThrow(
        InputError,
      );
  });
});

it.each([0, 0.5])("resumes bit for bit (share of L1: %d)", async (l1Ratio) => {
  const data = table(key(4), 90);
  const run = { training: { l1Ratio }, steps: 14, batch: 40 };
  const whole = await train(logisticRegression, data, run);
  for (const first of [1, 5, 6, 7]) {
    const half = await train(logisticRegression, data, { ...run, steps: first });
    const file = await save(half.model, { trainer: half.trainer, step: first, key: key(1) });
    const { model, trainer, step, key: from } = await resume(file, [logisticRegression]);
    const events: TrainingEvent[] = [];
    for await (const event of fit(model, trainer, data, { key: from, from: step, steps: 14, batch: 40 }))
      events.push(event);
    expect(await model.state()).toEqual(await whole.model.state());
    expect(await trainer.state()).toEqual(await whole.trainer.state());
  }
});
