import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { dataset, dequantise, pipe, rows } from "../data/index.js";
import type { Dataset, Rows } from "../data/types.js";
import { load } from "../files/load.js";
import { resume } from "../files/resume.js";
import { save } from "../files/save.js";
import { definePlugin } from "../plugin/define-plugin.js";
import { instantiate } from "../plugin/instantiate.js";
import type { AnyInstance } from "../plugin/types.js";
import { key } from "../random/index.js";
import { fit, type FitOptions } from "./fit.js";
import { counting } from "./testing/counting.js";
import { linear, scale } from "./testing/linear.js";
import { points, pointSpec } from "./testing/points.js";
import type { Trainer, TrainingEvent } from "./types.js";

beforeAll(async () => {
  await useBackend("cpu");
});

async function events(
  model: AnyInstance,
  trainer: Trainer,
  data: Dataset,
  options: FitOptions,
): Promise<TrainingEvent[]> {
  const seen: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, options)) seen.push(event);
  return seen;
}
const types = (seen: readonly TrainingEvent[]): string =>
  seen.map(({ type, step }) => `${type} ${step}`).join(", ");

/** Data sets whose rows come later and, with a key, drawn anew. */
const late = (data: Dataset): Dataset => ({
  ...data,
  take: async (indices, drawKey) => {
    await Promise.resolve();
    const taken: Rows = await data.take(indices);
    const { data: x, shape } = taken.columns["x"]!;
    const shift = (drawKey?.data[0] ?? 0) / 2 ** 36;
    return {
      ...taken,
      columns: {
        ...taken.columns,
        x: { shape, data: Float64Array.from(x as Float64Array, (v) => v + shift) },
      },
    };
  },
});

test.each([
  ["plain", linear, {}],
  ["averaged", linear, { decay: 0.9 }],
  [
    "behind an encoding",
    definePlugin({ ...linear, encoding: ({ spec }) => scale(spec, 2), revive: () => scale(pointSpec, 2) }),
    {},
  ],
] as const)("k + k steps through a file are 2k steps, bit for bit: %s", async (_, plugin, config) => {
  const before = memory().numTensors;
  const data = late(points());
  const seed = key(5);
  const straight = await instantiate(plugin, { data, key: seed });
  const whole = straight.trainer(config);
  await events(straight, whole, data, { key: seed, steps: 14 });
  const expected = await save(straight, { trainer: whole, step: 14, key: seed });

  const first = await instantiate(plugin, { data, key: seed });
  const half = first.trainer(config);
  const seen = await events(first, half, data, { key: seed, steps: 7, every: { checkpoint: 7 } });
  const checkpoint = seen.find((event) => event.type === "checkpoint");
  expect(checkpoint?.step).toBe(7);

  const { model, trainer, step, key: again } = await resume(checkpoint!.file, [plugin]);
  expect(step).toBe(7);
  expect(await save(model, { trainer, step, key: again })).toEqual(checkpoint!.file);
  await events(model, trainer, data, { key: again, steps: 14, from: step });
  expect(await save(model, { trainer, step: 14, key: again })).toEqual(expected);
  for (const owner of [whole, straight, half, first, trainer, model]) owner[Symbol.dispose]();
  expect(memory().numTensors).toBe(before);
});

test("training learns, and says what it did", async () => {
  const data = points(32);
  using model = await instantiate(linear, { data, key: key(1) });
  using trainer = model.trainer({ noise: 0, learningRate: 0.1 });
  let evaluations = 0;
  const seen = await events(model, trainer, data, {
    key: key(1),
    steps: 300,
    batch: 8,
    every: { evaluation: 150, checkpoint: 200 },
    evaluate: () => Promise.resolve({ calls: ++evaluations }),
  });
  const steps = seen.filter((event) => event.type === "step");
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  expect(steps.at(-1)!.metrics["loss"]).toBeLessThan(1e-4);
  expect(types(seen.filter(({ type }) => type !== "step"))).toBe(
    "evaluation 150, checkpoint 200, evaluation 300, end 300",
  );
  expect(seen.at(-1)).toEqual({ type: "end", step: 300, reason: "steps" });
  expect((await model.state()).get("slope")!.data[0]).toBeCloseTo(2, 1);
});

test("counting is complete after one sweep over all rows", async () => {
  const data = points(10);
  using model = await instantiate(counting, { data, key: key(0) });
  using trainer = model.trainer();
  const seen = await events(model, trainer, data, { key: key(0), steps: 100, batch: 3 });
  expect(types(seen)).toBe("step 1, end 1");
  expect(seen[1]).toMatchObject({ reason: "complete" });
  expect([...(await model.state()).get("moments")!.data]).toEqual([expect.closeTo(0.45, 12), 10]);
  const reloaded = await load(await save(model), [counting]);
  expect(await save(reloaded)).toEqual(await save(model));
});

test("what does not draw is encoded once, what draws at every step", async () => {
  const data = dataset(
    { kind: "points", fields: { x: { type: "category", shape: [], levels: 4 } } },
    rows({ x: Uint8Array.of(0, 1, 2, 3, 0) }),
  );
  const drawn: number[][] = [];
  const spying = definePlugin({
    ...counting,
    encoding: ({ spec }) => dequantise(spec),
    trainer: () => ({
      consumes: "batch",
      step: (given) => {
        for (const batch of given) drawn.push(Array.from(batch.columns["x"]!.data as Float64Array));
        return Promise.resolve({ metrics: {} });
      },
      state: () => Promise.resolve(new Map()),
      restore: () => {},
      [Symbol.dispose]: () => {},
    }),
  });
  using model = await instantiate(spying, { data, key: key(0) });
  for (let run = 0; run < 2; run++)
    await events(model, model.trainer(), data, { key: key(3), steps: 4, batch: 5 });
  expect(drawn.slice(4)).toEqual(drawn.slice(0, 4));
  const sorted = drawn.slice(0, 4).map((batch) => [...batch].sort().join());
  expect(new Set(sorted).size).toBe(4);

  let encoded = 0;
  const counted = definePlugin({
    ...linear,
    encoding: ({ spec }) =>
      pipe(
        scale(spec, 2, (count) => {
          encoded += count;
        }),
        scale(spec, 3),
      ),
  });
  using other = await instantiate(counted, { data: points(10), key: key(0) });
  using trainer = other.trainer();
  await events(other, trainer, points(10), { key: key(0), steps: 9 });
  expect(encoded).toBe(10);
});

test("start comes before step 0 only", async () => {
  const data = points();
  let started = 0;
  const starting = definePlugin({
    ...linear,
    trainer: (model, config) => ({
      ...linear.trainer(model, config),
      start: (given: Iterable<Rows>) => {
        for (const chunk of given) started += chunk.length;
      },
    }),
  });
  using model = await instantiate(starting, { data, key: key(0) });
  using trainer = model.trainer();
  await events(model, trainer, data, { key: key(0), steps: 2 });
  expect(started).toBe(10);
  await events(model, trainer, data, { key: key(0), steps: 3, from: 2 });
  expect(started).toBe(10);
});

test("an abort ends within one step, also from a timer; break ends cleanly; nothing leaks", async () => {
  const data = points();
  using model = await instantiate(linear, { data, key: key(0) });
  using trainer = model.trainer();
  const before = memory().numTensors;
  const control = new AbortController();
  const seen: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(0), steps: 1e6, signal: control.signal })) {
    seen.push(event);
    if (event.step === 3 && event.type === "step") control.abort();
  }
  expect(types(seen)).toBe("step 1, step 2, step 3, end 3");
  expect(seen.at(-1)).toMatchObject({ reason: "aborted" });
  expect(await events(model, trainer, data, { key: key(0), steps: 5, signal: control.signal })).toEqual([
    { type: "end", step: 0, reason: "aborted" },
  ]);

  const timed = await events(model, trainer, data, {
    key: key(0),
    steps: 1e6,
    signal: AbortSignal.timeout(100),
  });
  expect(timed.at(-1)).toMatchObject({ type: "end", reason: "aborted" });

  for await (const event of fit(model, trainer, data, { key: key(0), steps: 1e6 }))
    if (event.step === 2) break;
  expect(memory().numTensors).toBe(before);
});

test("a step that throws, or diverges, leaves nothing and says so", async () => {
  const data = points();
  using model = await instantiate(linear, { data, key: key(0) });
  using trainer = model.trainer({ optimizer: "descent", learningRate: 1e30 });
  const before = memory().numTensors;
  const seen = await events(model, trainer, data, { key: key(0), steps: 100 });
  const end = seen.at(-1)!;
  expect(end).toMatchObject({ type: "end", reason: "diverged" });
  expect(end.step).toBeLessThan(10);
  expect(seen.at(-2)).toMatchObject({ type: "diagnosis", step: end.step, diagnosis: { kind: "diverged" } });
  expect((await model.state()).get("slope")!.data.every(Number.isFinite)).toBe(true);

  const failing: Trainer = { ...trainer, step: () => Promise.reject(new Error("in the step")) };
  await expect(events(model, failing, data, { key: key(0), steps: 1 })).rejects.toThrow("in the step");
  expect(memory().numTensors).toBe(before);
});

test("options out of range and other data are refused; a finished run does nothing", async () => {
  const data = points();
  using model = await instantiate(linear, { data, key: key(0) });
  using trainer = model.trainer();
  const run = (options: Partial<FitOptions>, other = data): Promise<unknown> =>
    events(model, trainer, other, { key: key(0), steps: 1, ...options });
  await expect(run({ steps: 1.5 })).rejects.toThrow(
    "fit: steps must be an integer of at least 0, but is 1.5.",
  );
  await expect(run({ batch: 0 })).rejects.toThrow(/batch must be an integer of at least 1/);
  await expect(run({ every: { checkpoint: 0 } })).rejects.toThrow(/every\.checkpoint/);
  await expect(
    run({}, dataset({ kind: "points", fields: { z: { type: "real", shape: [] } } }, rows({ z: [1] }))),
  ).rejects.toThrow(/made for other data: it needs the field "x"/);
  expect(await run({ steps: 4, from: 4 })).toEqual([{ type: "end", step: 4, reason: "steps" }]);
});
