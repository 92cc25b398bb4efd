import {
  fit,
  instantiate,
  key,
  load,
  resume,
  sample,
  save,
  trace,
  type Frame,
  type TrainingEvent,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { gmm } from "./index.js";
import { irisData, irisLabelled } from "./testing/data.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

const x = () => irisData.take(Int32Array.from({ length: 150 }, (_, i) => i));

it("writes a file that reads back as the same model", async () => {
  const { model } = await train(irisLabelled, { config: { components: 2, covariance: "tied" } });
  const file = await save(model);
  const copy = await load(file, [gmm]);
  expect(await copy.state()).toEqual(await model.state());
  expect(await save(copy)).toEqual(file);
});

it("resumes bit for bit", async () => {
  const options = { key: key(3), steps: 8, batch: 40, every: { checkpoint: 4 } };
  const run = async (events: AsyncIterable<TrainingEvent>): Promise<Uint8Array[]> => {
    const files: Uint8Array[] = [];
    for await (const event of events) if (event.type === "checkpoint") files.push(event.file);
    return files;
  };
  const model = await instantiate(gmm, { data: irisLabelled, config: { components: 2 }, key: key(3) });
  const training = { tolerance: 0, restarts: 2 };
  const [half, whole] = await run(fit(model, model.trainer(training), irisLabelled, options));
  const { model: copy, trainer, step } = await resume(half!, [gmm]);
  const [end] = await run(fit(copy, trainer, irisLabelled, { ...options, from: step }));
  expect(end).toEqual(whole);
});

it("gives the same model for the same seed and another for another", async () => {
  const states = await Promise.all(
    [1, 1, 2].map(async (seed) => (await train(irisData, { config: { components: 5 }, seed })).model.state()),
  );
  expect(states[1]).toEqual(states[0]);
  expect(states[2]).not.toEqual(states[0]);
});

describe("samples", () => {
  it("have the mixture's mean and spread", async () => {
    const { model } = await train(irisData, { config: { components: 3 } });
    const drawn = (await sample(model, { key: key(8), count: 4000 })).columns["x"]!.data as Float32Array;
    const data = (await x()).columns["x"]!.data as Float64Array;
    for (const j of [0, 1, 2, 3]) {
      const moments = [drawn, data].map((values) => {
        const own = Array.from(values).filter((_, i) => i % 4 === j);
        const mean = own.reduce((a, b) => a + b, 0) / own.length;
        return { mean, variance: own.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length };
      });
      // Five standard errors of a mean of 4000 draws.
      expect(Math.abs(moments[0]!.mean - moments[1]!.mean)).toBeLessThan(
        5 * Math.sqrt(moments[1]!.variance / 4000),
      );
      expect(moments[0]!.variance / moments[1]!.variance).toBeCloseTo(1, 0);
    }
  });

  it("can be watched", async () => {
    const { model } = await train(irisData, { config: { components: 2 }, steps: 2 });
    const frames: Frame[] = [];
    for await (const frame of trace(model, { key: key(1), count: 3 })) frames.push(frame);
    expect(frames).toHaveLength(1);
    expect(frames[0]!.x?.length).toBe(3);
    expect(frames[0]!.latent?.length).toBe(3);
  });
});

it("shows its ellipses, whose weights sum to 1", async () => {
  const { model } = await train(irisLabelled, { config: { components: 2, covariance: "diagonal" } });
  const [inspection] = [...model.inspect()];
  if (inspection?.view !== "ellipses") expect.fail("no ellipses");
  expect(inspection.value).toHaveLength(6);
  expect(inspection.value.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
});
