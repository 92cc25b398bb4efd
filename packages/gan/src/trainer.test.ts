import { env, memory } from "@tensorflow/tfjs-core";
import {
  column,
  fit,
  InputError,
  instantiate,
  key,
  resume,
  rows,
  sample,
  withoutLabels,
  type Rows,
  type TrainingEvent,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { denseGan } from "./dense.js";
import { gan } from "./index.js";
import { manifest } from "./manifest.js";
import { pointData, pointRows, pointSpec } from "./testing/data.js";
import { train } from "./testing/train.js";
import { trainer, type GanTraining } from "./trainer.js";

beforeAll(() => useBackend("onnx"));

const tiny = { latent: 2, hidden: 8, layers: 2, normalisation: "none" } as const;
const model = (config = {}) => denseGan(pointSpec, { ...tiny, ...config }, key(1));
const defaults: GanTraining = {
  loss: "non-saturating",
  penalty: "none",
  penaltyWeight: 10,
  criticSteps: 1,
  learningRate: 1e-3,
  beta1: 0.5,
  average: 0,
};
const at = (step: number) => ({ step, key: key(7).fold(step) });
/** Standardised, as the networks take them. */
const batch: Rows = rows({ ...pointRows(32).columns });

const centres = [
  [-2, 0],
  [2, 0],
  [0, 3],
] as const;

it("learns each class's cluster", async () => {
  const { model, metrics } = await train(pointData(600), 1500, {
    model: { hidden: 32 },
    training: { learningRate: 2e-3, average: 0.995 },
  });
  const drawn = await sample(model, { key: key(2), count: 600 });
  const x = column(drawn, "x").data as Float64Array;
  const y = column(drawn, "y").data as Int32Array;
  const near = Array.from(y, (label, i) => {
    const [a, b] = centres[label]!;
    return Math.hypot(x[2 * i]! - a, x[2 * i + 1]! - b) < 1 ? 1 : 0;
  }).reduce<number>((sum, each) => sum + each, 0);
  expect(near / 600).toBeGreaterThan(0.9);
  expect(Object.keys(metrics.at(-1)!)).toEqual(["critic", "penalty", "generator"]);
});

describe("the players", () => {
  it("keep to their own variables", async () => {
    const states = [];
    for (const criticSteps of [2, 1000]) {
      const own = model();
      const first = await own.state();
      using player = trainer(own, { ...defaults, criticSteps });
      await player.step([batch], at(0));
      const second = await own.state();
      await player.step([batch], at(1));
      states.push({ first, second, third: await own.state() });
      own[Symbol.dispose]();
    }
    const [both, alone] = states as [(typeof states)[0], (typeof states)[0]];
    for (const [name, { data }] of both.first) {
      const [critic, trainable] = [name.startsWith("critic/"), name !== "shares"];
      // Step 0 is the critic's alone; step 1 is the same for a critic that plays against a still generator.
      expect([name, both.second.get(name)!.data]).not.toEqual([name, critic ? data : undefined]);
      if (!critic) expect(both.second.get(name)!.data).toEqual(data);
      if (critic) expect(both.third.get(name)).toEqual(alone.third.get(name));
      else if (trainable) expect(both.third.get(name)!.data).not.toEqual(data);
    }
  });

  it("count the classes once", async () => {
    const own = model();
    using player = trainer(own, defaults);
    await player.start?.(
      [rows({ y: Int32Array.of(0, 0, 2) }), rows({ y: Int32Array.of(2, 2, 0, 1, 1) })],
      key(1),
    );
    expect(Array.from(own.shares!.dataSync())).toEqual([3 / 8, 2 / 8, 3 / 8].map(Math.fround));
    own[Symbol.dispose]();
  });
});

const combinations: readonly Partial<GanTraining & { normalisation: "none" | "layer" | "spectral" }>[] = [
  {},
  { loss: "hinge", normalisation: "spectral" },
  { loss: "wasserstein", penalty: "gradient", criticSteps: 2, normalisation: "layer" },
  { penalty: "r1", penaltyWeight: 0.1 },
  { loss: "hinge", penalty: "gradient", normalisation: "spectral" },
  { loss: "wasserstein", penalty: "r1", normalisation: "layer", average: 0.9 },
];

describe("a graph for each player", () => {
  it.each(combinations)(
    "trains as the eager loss does: %j",
    async ({ normalisation = "none", ...training }) => {
      const runs: number[][] = [];
      for (const compiled of [true, false]) {
        env().set("ONNX_COMPILED", compiled);
        const own = model({ normalisation });
        using player = trainer(own, { ...defaults, ...training });
        const losses: number[] = [];
        for (let step = 0; step < 40; step++) {
          const { metrics, diagnoses } = await player.step([batch], at(step));
          expect(diagnoses).toBeUndefined();
          losses.push(...Object.values(metrics));
        }
        runs.push(losses);
        own[Symbol.dispose]();
      }
      env().set("ONNX_COMPILED", true);
      runs[0]!.forEach((loss, i) => {
        expect(Math.abs(loss - runs[1]![i]!) / Math.max(1, Math.abs(loss))).toBeLessThan(1e-4);
      });
    },
  );
});

it("is the same for the same seed and another for another", async () => {
  const runs: Awaited<ReturnType<typeof train>>[] = [];
  for (const seed of [1, 1, 2]) runs.push(await train(pointData(64), 4, { seed }));
  expect(runs[1]!.metrics).toEqual(runs[0]!.metrics);
  expect(await runs[1]!.model.state()).toEqual(await runs[0]!.model.state());
  expect(runs[2]!.metrics).not.toEqual(runs[0]!.metrics);
});

it("resumes bit for bit", async () => {
  const data = pointData(64);
  const options = { key: key(3), steps: 10, batch: 16, every: { checkpoint: 5 } };
  const files = async (events: AsyncIterable<TrainingEvent>): Promise<Uint8Array[]> => {
    const found: Uint8Array[] = [];
    for await (const event of events) if (event.type === "checkpoint") found.push(event.file);
    return found;
  };
  const config = { latent: 2, hidden: 8, layers: 2, normalisation: "spectral" } as const;
  const own = await instantiate(gan, { data, config, key: key(3) });
  const training = { criticSteps: 2, average: 0.9, penalty: "r1" } as const;
  const [half, whole] = await files(fit(own, own.trainer(training), data, options));
  const { model: copy, trainer: again, step } = await resume(half!, [gan]);
  const [end] = await files(fit(copy, again, data, { ...options, from: step }));
  expect(end).toEqual(whole);
});

describe("refuses in one sentence", () => {
  it("a loss without bound", () => {
    const own = model();
    const wasserstein = { ...defaults, loss: "wasserstein" } as const;
    const before = memory().numTensors;
    expect(() => trainer(own, wasserstein)).toThrow(InputError);
    expect(() => trainer(own, wasserstein)).toThrow(
      /penalty "gradient" or "r1", or normalisation "spectral"/,
    );
    expect(memory().numTensors).toBe(before);
    trainer(model({ normalisation: "spectral" }), wasserstein)[Symbol.dispose]();
    trainer(own, { ...wasserstein, penalty: "gradient" })[Symbol.dispose]();
  });
});

it("is healthy with the defaults: no diagnosis", async () => {
  const data = withoutLabels(pointData(400));
  const own = await instantiate(gan, { data, config: { hidden: 32, layers: 2 }, key: key(5) });
  const told: string[] = [];
  for await (const event of fit(own, own.trainer(), data, { key: key(5), steps: 1001, batch: 64 }))
    if (event.type === "diagnosis") told.push(event.diagnosis.kind);
  expect(told).toEqual([]);
});

it("leaks nothing", async () => {
  const start = memory().numTensors;
  const own = model();
  const player = trainer(own, { ...defaults, ...manifestDefaults(), average: 0.9 });
  await player.step([batch], at(0));
  const before = memory().numTensors;
  await player.step([batch], at(1));
  await player.step([batch], at(500));
  expect(memory().numTensors).toBe(before);
  player[Symbol.dispose]();
  own[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});

const manifestDefaults = (): Partial<GanTraining> =>
  Object.fromEntries(Object.entries(manifest.training).map(([name, setting]) => [name, setting.default]));
