import { fit, instantiate, key, resume, type Plugin, type TrainingEvent } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { env, memory } from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { made } from "./made/index.js";
import { maximumLikelihood } from "./maximum-likelihood.js";
import { pixelcnn } from "./pixelcnn/index.js";
import { imageData, imageSpec } from "./testing/data.js";
import { families, type Family } from "./testing/models.js";
import { trained, type Training } from "./testing/training.js";

const plugins = { made, pixelcnn } as const;
const config = { made: { hidden: 16 }, pixelcnn: { channels: 4, blocks: 1 } } as const;
const names = Object.keys(plugins) as Family[];

describe.each(names)("%s on wasm", (name) => {
  beforeEach(() => useBackend("wasm"));

  it("resumes bit for bit", async () => {
    const data = imageData(48, { classes: ["a", "b"] });
    const options = { key: key(3), steps: 6, batch: 16, every: { checkpoint: 3 } };
    const files = async (events: AsyncIterable<TrainingEvent>): Promise<Uint8Array[]> => {
      const found: Uint8Array[] = [];
      for await (const event of events) if (event.type === "checkpoint") found.push(event.file);
      return found;
    };
    const plugin: Plugin = plugins[name];
    const model = await instantiate(plugin, { data, config: config[name], key: key(3) });
    const [half, whole] = await files(fit(model, model.trainer(), data, options));
    const { model: copy, trainer, step } = await resume(half!, [plugin]);
    const [end] = await files(fit(copy, trainer, data, { ...options, from: step }));
    expect(end).toEqual(whole);
  });

  it("leaks nothing", async () => {
    const start = memory().numTensors;
    const model = families[name](imageSpec());
    const trainer = maximumLikelihood(model, { learningRate: 1e-3 });
    const batch = await imageData(8).take(Int32Array.from({ length: 8 }, (_, i) => i));
    await trainer.step([batch], { step: 0, key: key(1) });
    const before = memory().numTensors;
    await trainer.step([batch], { step: 1, key: key(2) });
    expect(memory().numTensors).toBe(before);
    trainer[Symbol.dispose]();
    model[Symbol.dispose]();
    expect(memory().numTensors).toBe(start);
  });
});

describe.each(names)("%s on onnx", (name) => {
  beforeEach(() => useBackend("onnx"));
  afterEach(() => {
    env().set("ONNX_COMPILED", true);
  });

  /** Losses of a training in one graph and of the same operation by operation. */
  async function bothWays(training: Omit<Training, "plugin">): Promise<readonly (readonly number[])[]> {
    const ways: (readonly number[])[] = [];
    for (const compiled of [true, false]) {
      env().set("ONNX_COMPILED", compiled);
      const { losses, diagnoses } = await trained({ plugin: plugins[name], ...training });
      expect(diagnoses).toEqual([]);
      ways.push(losses);
    }
    return ways;
  }

  function expectSame([whole, single]: readonly (readonly number[])[], steps: number): void {
    expect(whole).toHaveLength(steps);
    whole!.forEach((loss, step) =>
      expect(Math.abs(loss / single![step]! - 1), `step ${step}`).toBeLessThan(1e-4),
    );
  }

  it.each([
    ["black and white", { levels: 2 }, {}],
    ["grey, softmax", { levels: 256 }, { likelihood: "softmax" }],
    ["grey, logistic", { levels: 256 }, { likelihood: "logistic" }],
    ["labelled", { levels: 2, classes: ["a", "b", "c"] }, {}],
  ])("trains %s images in one graph as it does operation by operation", async (_, shape, own) => {
    const data = imageData(64, { shape: [5, 4, 1], ...shape });
    expectSame(await bothWays({ data, steps: 20, config: { ...config[name], ...own } }), 20);
  });

  it("trains 200 steps of the default network in one graph as it does operation by operation", async () => {
    const data = imageData(64, { shape: [28, 28, 1] });
    expectSame(await bothWays({ data, steps: 200, batch: 2, learningRate: 1e-3 }), 200);
  }, 300_000);
});
