import { fit, instantiate, key, resume, type Dataset, type TrainingEvent } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normal } from "@gen/core/random";
import { env, memory, tensor, tidy, variableGrads, type Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffusion } from "./index.js";
import { Diffusion, type DiffusionConfig } from "./model.js";
import { imageData, imageSpec, pointData, pointRows, pointSpec } from "./testing/data.js";
import { tiny, train } from "./testing/train.js";
import { denoisingError, trainer, type DiffusionTraining } from "./trainer.js";

beforeAll(() => useBackend("wasm"));

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const config: DiffusionConfig = {
  schedule: "cosine",
  times: 20,
  target: "epsilon",
  hidden: 6,
  blocks: 1,
  channels: 8,
  resolutions: 2,
};
const training = { learningRate: 1e-3, average: 0, dropout: 0.1 };

it.each(["epsilon", "x0", "v"] as const)("learns to tell %s", async (target) => {
  const { losses } = await train(pointData(256), 150, { target });
  expect(mean(losses.slice(-30))).toBeLessThan(0.8 * mean(losses.slice(0, 5)));
});

it("is the same for the same seed and another for another", async () => {
  const runs = await Promise.all([1, 1, 2].map((seed) => train(pointData(64), 4, {}, seed)));
  expect(runs[1]!.losses).toEqual(runs[0]!.losses);
  expect(await runs[1]!.model.state()).toEqual(await runs[0]!.model.state());
  expect(runs[2]!.losses).not.toEqual(runs[0]!.losses);
});

it("resumes bit for bit, average and all", async () => {
  const data = pointData(64);
  const options = { key: key(3), steps: 6, batch: 16, every: { checkpoint: 3 } };
  const files = async (events: AsyncIterable<TrainingEvent>): Promise<Uint8Array[]> => {
    const found: Uint8Array[] = [];
    for await (const event of events) if (event.type === "checkpoint") found.push(event.file);
    return found;
  };
  const model = await instantiate(diffusion, { data, config: tiny, key: key(3) });
  const [half, whole] = await files(fit(model, model.trainer(), data, options));
  const { model: copy, trainer: own, step } = await resume(half!, [diffusion]);
  const [end] = await files(fit(copy, own, data, { ...options, from: step }));
  expect(end).toEqual(whole);
});

describe("the error", () => {
  const parts = (shape: number[]) => ({ data: normal(key(1), shape), noise: normal(key(2), shape) });
  const error = (model: Diffusion, x: ReturnType<typeof parts>, times: number[]): number =>
    tidy(() => denoisingError(model, x, tensor(times, undefined, "int32")).dataSync()[0]!);

  it("of a network that says nothing is the mean square of its target", () => {
    tidy(() => {
      const x = parts([2, 1, 4, 4]);
      for (const [target, of] of [
        ["epsilon", x.noise],
        ["x0", x.data],
      ] as const) {
        const model = new Diffusion(imageSpec(4), { ...config, target }, key(1));
        const squares = Array.from(of.dataSync(), (value) => value ** 2);
        expect(error(model, x, [3, 19])).toBeCloseTo(mean(squares), 4);
        model[Symbol.dispose]();
      }
    });
  });

  it("has the gradient that differences give", () => {
    const model = new Diffusion(
      { ...pointSpec, fields: { x: pointSpec.fields["x"]! } },
      { ...config, target: "v" },
      key(1),
    );
    const output = model.variables["network/output/weight"]!;
    tidy(() => output.assign(normal(key(7), output.shape)));
    tidy(() => {
      const x = parts([4, 2]);
      const times = [0, 3, 12, 19];
      const { grads } = variableGrads(() => denoisingError(model, x, tensor(times, undefined, "int32")));
      for (const path of [
        "network/time/first/weight",
        "network/block/0/second/bias",
        "network/input/weight",
      ]) {
        const variable = model.variables[path]!;
        const base = variable.dataSync<"float32">().slice();
        const at = (index: number, change: number): number => {
          const moved = base.slice();
          moved[index]! += change;
          const value: Tensor = tensor(moved, variable.shape);
          variable.assign(value);
          return error(model, x, times);
        };
        const gradient = grads[variable.name]!.dataSync();
        for (let index = 0; index < base.length; index += 5) {
          const difference = (at(index, 1e-2) - at(index, -1e-2)) / 2e-2;
          expect(Math.abs(gradient[index]! - difference)).toBeLessThan(
            2e-3 * Math.max(1, Math.abs(difference)),
          );
        }
        variable.assign(tensor(base, variable.shape));
      }
    });
    model[Symbol.dispose]();
  });
});

it("counts the labels that it sees", async () => {
  const model = new Diffusion(pointSpec, config, key(1));
  const own = trainer(model, training);
  const x = pointRows(16);
  for (const step of [0, 1]) await own.step([x], { step, key: key(step) });
  const right = mean(Array.from(x.columns["label"]!.data as Int32Array)) * 16;
  expect(Array.from(model.variables["labels/counts"]!.dataSync())).toEqual([2 * (16 - right), 2 * right]);
});

it("leaks nothing", async () => {
  const start = memory().numTensors;
  const model = new Diffusion(pointSpec, config, key(1));
  const own = trainer(model, { ...training, average: 0.9 });
  await own.step([pointRows(8)], { step: 0, key: key(1) });
  const before = memory().numTensors;
  await own.step([pointRows(8)], { step: 1, key: key(2) });
  expect(memory().numTensors).toBe(before);
  own[Symbol.dispose]();
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});

describe("compiled on the native back end", () => {
  beforeAll(() => useBackend("onnx"));
  afterAll(() => {
    env().set("ONNX_COMPILED", true);
  });

  interface Run {
    readonly data: Dataset;
    readonly config: Parameters<typeof train>[2];
    readonly training: Partial<DiffusionTraining>;
    readonly batch: number;
  }

  async function losses({ data, config: own, training, batch }: Run, compiled: boolean): Promise<number[]> {
    env().set("ONNX_COMPILED", compiled);
    using model = await instantiate(diffusion, { data, config: own ?? {}, key: key(1) });
    using trained = model.trainer(training);
    const found: number[] = [];
    for await (const event of fit(model, trained, data, { key: key(1), steps: 200, batch })) {
      if (event.type === "step") found.push(event.metrics["loss"]!);
      if (event.type === "diagnosis") expect.fail(event.diagnosis.remedy);
    }
    return found;
  }

  it.each<[string, Run]>([
    [
      "labelled points, averaged",
      { data: pointData(96), config: { ...tiny, times: 1000 }, training: {}, batch: 32 },
    ],
    [
      "images",
      { data: imageData(64, 16), config: {}, training: diffusion.manifest.presets.ddpm.training, batch: 2 },
    ],
  ])(
    "%s train for 200 steps as they do operation by operation",
    async (_, run) => {
      const [quick, slow] = [await losses(run, true), await losses(run, false)];
      expect(quick).toHaveLength(200);
      quick.forEach((loss, i) =>
        expect(Math.abs(loss - slow[i]!)).toBeLessThan(1e-4 * Math.max(1, slow[i]!)),
      );
    },
    300_000,
  );
});
