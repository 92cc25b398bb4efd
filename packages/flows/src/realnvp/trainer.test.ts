import { column, fit, instantiate, key, resume, rows, validate, type TrainingEvent } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { afterAll, beforeAll, expect, it } from "vitest";
import { env } from "@tensorflow/tfjs-core";
import { compiledGap } from "../testing/compiled-gap.js";
import { labelledMoons, moons, realSpec, rowsOf } from "../testing/data.js";
import { train } from "../testing/train.js";
import { manifest, realNvp, realnvp } from "./index.js";

beforeAll(() => useBackend("onnx"));
afterAll(() => {
  env().set("ONNX_COMPILED", true);
});

const config = { couplings: 3, hidden: 8 };

it.each([
  ["points", moons],
  ["labelled points", labelledMoons],
])("trains on %s compiled as it does operation by operation", async (_, data) => {
  const runs: number[][] = [];
  for (const compiles of [true, false]) {
    env().set("ONNX_COMPILED", compiles);
    const { model, losses, events } = await train(realnvp, data(128), { steps: 12, config });
    expect(events.filter(({ type }) => type === "diagnosis")).toEqual([]);
    runs.push(losses);
    model[Symbol.dispose]();
  }
  runs[0]!.forEach((loss, i) => expect(Math.abs(loss - runs[1]![i]!)).toBeLessThan(1e-4));
  env().set("ONNX_COMPILED", true);
});

it("trains 200 steps at its defaults compiled as it does operation by operation", async () => {
  const data = column(rowsOf(moons(64 * 16)), "x").data as Float64Array;
  const batchOf = (step: number) =>
    rows({ x: { data: data.subarray(128 * (step % 16), 128 * (step % 16) + 128), shape: [2] } });
  const make = () => realNvp(realSpec([2]), validate(manifest.model, {}, "realnvp"), key(1));
  expect(await compiledGap(make, { steps: 200, batchOf })).toBeLessThan(1e-4);
}, 300_000);

it("holds the average of its parameters when asked", async () => {
  const data = moons(64);
  const weights = async (average: number, steps: number): Promise<Float32Array> => {
    using model = await instantiate(realnvp, { data, config, key: key(3) });
    using trainer = model.trainer({ average });
    const run = fit(model, trainer, data, { key: key(3), steps, batch: 16 });
    for await (const event of run) if (event.type === "end") expect(event.reason).toBe("steps");
    return (await model.inner.state()).get("flow/0/last/weight")!.data as Float32Array;
  };
  const [first, second] = [await weights(0, 1), await weights(0, 2)];
  // They begin at zero, and the first two decays are 1/10 and 2/11.
  (await weights(0.999, 2)).forEach((value, i) => {
    expect(value).toBeCloseTo((2 / 11) * 0.9 * first[i]! + (9 / 11) * second[i]!, 6);
  });
});

it("resumes bit for bit", async () => {
  const data = moons(64);
  const options = { key: key(3), steps: 6, batch: 16, every: { checkpoint: 3 } };
  const files = async (events: AsyncIterable<TrainingEvent>): Promise<Uint8Array[]> => {
    const found: Uint8Array[] = [];
    for await (const event of events) if (event.type === "checkpoint") found.push(event.file);
    return found;
  };
  const model = await instantiate(realnvp, { data, config, key: key(3) });
  const [half, whole] = await files(fit(model, model.trainer(), data, options));
  const { model: copy, trainer: own, step } = await resume(half!, [realnvp]);
  const [end] = await files(fit(copy, own, data, { ...options, from: step }));
  expect(end).toEqual(whole);
});
