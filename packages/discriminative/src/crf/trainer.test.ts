import {
  all,
  column,
  InputError,
  key,
  ragged,
  rows,
  dataset,
  resume,
  fit,
  save,
  type TrainingEvent,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals64 } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { Lbfgs } from "../optimizers/index.js";
import { minimise } from "../testing/minimise.js";
import { near } from "../testing/near.js";
import { spec, tagged } from "../testing/poems.js";
import { train } from "../testing/train.js";
import { Lessons } from "./chunks.js";
import { evaluate } from "./evaluate.js";
import { crf } from "./index.js";

beforeAll(() => useBackend("cpu"));

const data = tagged(key(1), 120);
const config = { templates: "bias 0 -1|0" };

/** The share of tags that are right. */
async function accuracy(model: {
  viterbi(x: Awaited<ReturnType<typeof all>>): { data: unknown };
}): Promise<number> {
  const test = await all(tagged(key(9), 200));
  const gold = column(test, "tag").data as Int32Array;
  const found = model.viterbi(test).data as Int32Array;
  return found.filter((tag, i) => tag === gold[i]).length / gold.length;
}

describe("likelihood", () => {
  it("comes to the one optimum from wherever it begins", async () => {
    const { inner, end, metrics } = await train(crf, data, { config, training: { tolerance: 1e-9 } });
    expect(end).toMatchObject({ reason: "converged" });
    const lesson = new Lessons(inner).of(await all(data));
    const [start, fixed] = [
      normals64(key(3), inner.vector.length),
      inner.vector.map((w) => (w === 0 ? 0 : 1)),
    ];
    const other = new Lbfgs({
      start: start.map((value, i) => value * fixed[i]!),
      memory: 10,
      tolerance: 1e-7,
    });
    minimise(other, (vector) => {
      const { loss, gradient } = evaluate(lesson, { features: inner.features, vector, tags: 3 });
      return {
        value: loss + vector.reduce((sum, w) => sum + w * w, 0),
        gradient: gradient.map((slope, i) => fixed[i]! * (slope + 2 * vector[i]!)),
      };
    });
    near(other.point, inner.vector, { absolute: 1e-6 });
    near([other.value], [metrics.at(-1)!["objective"]!], { relative: 1e-10 });
  });

  it("never lets the objective rise, and is the same for chunks of any size", async () => {
    const whole = await train(crf, data, { config, steps: 12 });
    const objectives = whole.metrics.map(({ objective }) => objective!);
    objectives.slice(1).forEach((value, i) => expect(value).toBeLessThanOrEqual(objectives[i]!));
    const parts = await train(crf, data, { config, steps: 12, batch: 7 });
    near(parts.inner.vector, whole.inner.vector, { absolute: 1e-9 });
  });

  it("learns with weights as from sequences that are repeated, 0 for none", async () => {
    const times = Float64Array.from({ length: 120 }, (_, i) => (i * 5) % 3);
    const x = await all(data);
    const one = dataset(
      { kind: "sequences", fields: { ...spec.fields, times: { type: "real", shape: [], role: "weight" } } },
      { length: 120, columns: { ...x.columns, times: { data: times, shape: [] } } },
    );
    const repeated = Array.from(times).flatMap((n, i) => Array.from({ length: n }, () => i));
    const many = dataset(spec, await data.take(Int32Array.from(repeated)));
    const run = { config, training: { minimumCount: 4, c2: 0.5 }, steps: 10, batch: 50 };
    const [weighed, expected] = [await train(crf, one, run), await train(crf, many, run)];
    const attributes = ({ inner }: typeof weighed): number[] => [...inner.features.attributes].sort();
    expect(attributes(weighed)).toEqual(attributes(expected));
    weighed.metrics.forEach((metrics, i) =>
      near(Object.values(metrics), Object.values(expected.metrics[i]!), { relative: 1e-8 }),
    );
    near(weighed.inner.logPosterior(x), expected.inner.logPosterior(x), { absolute: 1e-8 });
    await expect(train(crf, one, { training: { method: "perceptron" } })).rejects.toThrow(
      /The perceptron can't weigh sequences/,
    );
  });

  it("beats guessing by symbols alone, with either penalty", async () => {
    const alone = await train(crf, data, { config: { templates: "bias" } });
    for (const training of [{}, { c1: 0.5, c2: 0 }, { c1: 0.1, c2: 0.1 }]) {
      const { model } = await train(crf, data, { config, training });
      expect(await accuracy(model)).toBeGreaterThan(0.7);
      expect(await accuracy(model)).toBeGreaterThan((await accuracy(alone.model)) + 0.2);
    }
  });

  it("leaves weights at 0 where absolute values cost enough", async () => {
    const { inner } = await train(crf, data, { config, training: { c1: 2, c2: 0 } });
    const zeros = inner.vector.filter((weight) => weight === 0).length;
    expect(zeros).toBeGreaterThan(inner.vector.length / 3);
    expect(zeros).toBeLessThan(inner.vector.length);
  });

  it("has features of pairs that were seen, or of all, or of those seen often", async () => {
    const few = tagged(key(2), 8);
    const count = async (training: object): Promise<number> =>
      (await train(crf, few, { config, training, steps: 1 })).inner.features.tags.length;
    const seen = await count({});
    const { inner } = await train(crf, few, { config, training: { allStates: true }, steps: 1 });
    expect(inner.features.tags.length).toBe(3 * inner.features.attributes.length);
    expect(seen).toBeLessThan(inner.features.tags.length);
    expect(await count({ minimumCount: 5 })).toBeLessThan(seen);
  });

  it("leaves transitions that were not seen at 0 unless all are asked for", async () => {
    const two = dataset(
      spec,
      rows({ symbol: ragged([Int32Array.of(0, 1, 0, 1)]), tag: ragged([Int32Array.of(0, 1, 0, 1)]) }),
    );
    const some = await train(crf, two, { config });
    expect([...some.inner.weights.transitions].map((weight) => weight !== 0)).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    const every = await train(crf, two, { config, training: { allTransitions: true } });
    expect(every.inner.weights.transitions.every((weight) => weight !== 0)).toBe(true);
  });
});

describe("perceptron", () => {
  it("learns tags, and ends when none is wrong", async () => {
    const training = { method: "perceptron" } as const;
    const { model, metrics } = await train(crf, data, { config, training, steps: 15 });
    expect(metrics.at(-1)!["wrong"]).toBeLessThan(metrics[0]!["wrong"]!);
    expect(await accuracy(model)).toBeGreaterThan(0.65);
    const easy = dataset(
      spec,
      rows({
        symbol: ragged([Int32Array.of(0, 1, 2), Int32Array.of(2, 1)]),
        tag: ragged([Int32Array.of(0, 1, 2), Int32Array.of(2, 1)]),
      }),
    );
    const done = await train(crf, easy, { config, training, steps: 50 });
    expect(done.end).toMatchObject({ reason: "complete" });
  });
});

it.each(["likelihood", "perceptron"] as const)("%s resumes bit for bit", async (method) => {
  const run = { config, training: { method }, steps: 9, batch: 50 };
  const whole = await train(crf, data, run);
  const half = await train(crf, data, { ...run, steps: 4 });
  const file = await save(half.model, { trainer: half.trainer, step: 4, key: key(1) });
  const { model, trainer, step, key: from } = await resume(file, [crf]);
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: from, from: step, steps: 9, batch: 50 }))
    events.push(event);
  expect(await model.state()).toEqual(await whole.model.state());
  expect(await trainer.state()).toEqual(await whole.trainer.state());
});

it("refuses sequences without elements, and without tags", async () => {
  const none = dataset(spec, rows({ symbol: ragged([new Int32Array()]), tag: ragged([new Int32Array()]) }));
  await expect(train(crf, none, { config })).rejects.toThrow(InputError);
});
