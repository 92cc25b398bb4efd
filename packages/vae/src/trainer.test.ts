import { dataset, fit, instantiate, key, resume, rows, type TrainingEvent } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { vae } from "./index.js";
import { Vae } from "./model.js";
import { mixedData, mixedRows, mixedSpec } from "./testing/data.js";
import { assign } from "./testing/gradients.js";
import { train } from "./testing/train.js";
import { trainer } from "./trainer.js";

beforeAll(() => useBackend("cpu"));

it("learns", async () => {
  const { losses } = await train(mixedData(256), 150);
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  expect(mean(losses.slice(-20))).toBeLessThan(mean(losses.slice(0, 5)) - 1);
});

it("is the same for the same seed and another for another", async () => {
  const runs = await Promise.all([1, 1, 2].map((seed) => train(mixedData(64), 4, {}, seed)));
  expect(runs[1]!.losses).toEqual(runs[0]!.losses);
  expect(await runs[1]!.model.state()).toEqual(await runs[0]!.model.state());
  expect(runs[2]!.losses).not.toEqual(runs[0]!.losses);
});

it("resumes bit for bit", async () => {
  const data = mixedData(64);
  const options = { key: key(3), steps: 6, batch: 16, every: { checkpoint: 3 } };
  const files = async (events: AsyncIterable<TrainingEvent>): Promise<Uint8Array[]> => {
    const found: Uint8Array[] = [];
    for await (const event of events) if (event.type === "checkpoint") found.push(event.file);
    return found;
  };
  const config = { latent: 2, hidden: 8, layers: 1 };
  const model = await instantiate(vae, { data, config, key: key(3) });
  const [half, whole] = await files(fit(model, model.trainer(), data, options));
  const { model: copy, trainer: own, step } = await resume(half!, [vae]);
  const [end] = await files(fit(copy, own, data, { ...options, from: step }));
  expect(end).toEqual(whole);
});

describe("posterior collapse", () => {
  const batch = mixedRows(16);
  const told = async (model: Vae, step: number): Promise<string[]> => {
    const own = trainer(model, { learningRate: 1e-3 });
    const kinds: string[] = [];
    for (const at of [step, step + 1]) {
      const { diagnoses = [] } = await own.step([batch], { step: at, key: key(at) });
      kinds.push(...diagnoses.map(({ kind }) => kind));
    }
    return kinds;
  };
  const model = (): Vae => new Vae(mixedSpec, { latent: 2, hidden: 4, layers: 1 }, key(1));

  /** An encoder that says N(0, 1) whatever it sees. */
  function crippled(): Vae {
    const one = model();
    for (const [path, variable] of Object.entries(one.variables))
      if (path.startsWith("encoder/1/")) assign(variable, new Float32Array(variable.size));
    return one;
  }

  it("is told of at every 500th step, by a resumed run too, and not before the code has had time", async () => {
    expect(await told(crippled(), 500)).toEqual(["posterior-collapse"]);
    expect(await told(crippled(), 999)).toEqual(["posterior-collapse"]);
    expect(await told(crippled(), 0)).toEqual([]);
    expect(await told(crippled(), 501)).toEqual([]);
  });

  it("is not told of a healthy model", async () => {
    expect(await told(model(), 500)).toEqual([]);
  });
});

it("leaks nothing", async () => {
  const start = memory().numTensors;
  const model = new Vae(mixedSpec, { latent: 2, hidden: 4, layers: 1 }, key(1));
  const own = trainer(model, { learningRate: 1e-3 });
  const batch = mixedRows(8);
  await own.step([batch], { step: 0, key: key(1) });
  const before = memory().numTensors;
  await own.step([batch], { step: 1, key: key(2) });
  expect(memory().numTensors).toBe(before);
  own[Symbol.dispose]();
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});

it("refuses data with gaps before it starts, and takes those that could have some and have none", async () => {
  const spec = {
    ...mixedSpec,
    fields: { ...mixedSpec.fields, height: { ...mixedSpec.fields["height"]!, optional: true } },
  };
  const { columns } = mixedRows(8);
  const height = Float64Array.from(columns["height"]!.data as Float64Array);
  using model = await instantiate(vae, { data: dataset(spec, rows(columns)), key: key(1) });
  expect(model.spec.fields["height"]!.optional).not.toBe(true);
  height[2] = NaN;
  const holed = dataset(spec, rows({ ...columns, height: { data: height, shape: [2] } }));
  await expect(instantiate(vae, { data: holed, key: key(1) })).rejects.toThrow(
    /"height" has no value in row 2/,
  );
});
