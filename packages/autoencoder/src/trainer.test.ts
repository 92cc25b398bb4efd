import { fit, instantiate, key, resume, type TrainingEvent } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { autoencoder } from "./index.js";
import { Autoencoder } from "./model.js";
import { columns, table } from "./testing/data.js";
import { still, tiny, train } from "./testing/train.js";
import { trainer } from "./trainer.js";

beforeAll(() => useBackend("cpu"));

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

it("learns", async () => {
  const { losses } = await train(table(256), 150);
  expect(mean(losses.slice(-20))).toBeLessThan(mean(losses.slice(0, 5)) / 4);
});

it("is the same for the same seed and another for another", async () => {
  const training = { noise: 0.1, masked: 0.1 };
  const runs = await Promise.all([1, 1, 2].map((seed) => train(columns(64), 4, { training, seed })));
  expect(runs[1]!.losses).toEqual(runs[0]!.losses);
  expect(await runs[1]!.model.state()).toEqual(await runs[0]!.model.state());
  expect(runs[2]!.losses).not.toEqual(runs[0]!.losses);
});

it("resumes bit for bit", async () => {
  const data = columns(64);
  const options = { key: key(3), steps: 6, batch: 16, every: { checkpoint: 3 } };
  const files = async (events: AsyncIterable<TrainingEvent>): Promise<Uint8Array[]> => {
    const found: Uint8Array[] = [];
    for await (const event of events) if (event.type === "checkpoint") found.push(event.file);
    return found;
  };
  const model = await instantiate(autoencoder, { data, config: tiny, key: key(3) });
  const [half, whole] = await files(fit(model, model.trainer({ masked: 0.3 }), data, options));
  const { model: copy, trainer: own, step } = await resume(half!, [autoencoder]);
  const [end] = await files(fit(copy, own, data, { ...options, from: step }));
  expect(end).toEqual(whole);
});

it("with corruption compares with the data as they were", async () => {
  const data = table(64);
  const { inner } = await train(data, 1);
  const batch = {
    length: 2,
    columns: {
      a: { data: Float64Array.of(1, 2), shape: [] },
      b: { data: Float64Array.of(0, 1), shape: [] },
      c: { data: Float64Array.of(1, 2, 3, 4), shape: [2] },
    },
  };
  const losses = [0, 0.99].map(async (masked) => {
    const own = trainer(inner, { ...still, masked });
    const { metrics } = await own.step([batch], { step: 0, key: key(1) });
    own[Symbol.dispose]();
    return metrics["loss"]!;
  });
  const [plain, blind] = [await losses[0]!, await losses[1]!];
  // Whoever sees next to nothing of numbers of size 2 is off by as much.
  expect(blind).toBeGreaterThan(3);
  expect(plain).toBeLessThan(blind);
});

it("leaks nothing", async () => {
  const start = memory().numTensors;
  const spec = { kind: "points", fields: { x: { type: "real", shape: [2] } } } as const;
  const model = new Autoencoder(spec, tiny, key(1));
  const own = trainer(model, { ...still, noise: 0.1, masked: 0.1 });
  const batch = { length: 2, columns: { x: { data: Float64Array.of(1, 2, 3, 4), shape: [2] } } };
  await own.step([batch], { step: 0, key: key(1) });
  const before = memory().numTensors;
  await own.step([batch], { step: 1, key: key(2) });
  expect(memory().numTensors).toBe(before);
  own[Symbol.dispose]();
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});
