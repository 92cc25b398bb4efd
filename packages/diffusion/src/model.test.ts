import {
  demand,
  has,
  InputError,
  key,
  load,
  read,
  rows,
  sample,
  save,
  select,
  slice,
  trace,
  withoutLabels,
  type Capable,
  type Frame,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normal } from "@gen/core/random";
import { memory, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { diffusion } from "./index.js";
import { Diffusion, type DiffusionConfig } from "./model.js";
import { levelAt } from "./schedule.js";
import { mixed } from "./targets.js";
import { imageData, imageSpec, numbersOf, pointData, pointRows, pointSpec, taken } from "./testing/data.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("onnx"));

const config: DiffusionConfig = {
  schedule: "linear",
  times: 20,
  target: "v",
  hidden: 8,
  blocks: 1,
  channels: 8,
  resolutions: 2,
};
const pointModel = (): Diffusion => new Diffusion(pointSpec, config, key(1));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe("labels", () => {
  let model: Awaited<ReturnType<typeof train>>["model"];
  beforeAll(async () => {
    ({ model } = await train(pointData(256), 400));
  });

  it("are drawn with the data, as often as they were seen, and lie where their data lie", async () => {
    const drawn = await sample(model, { key: key(3), count: 400, options: { steps: 20 } });
    const labels = numbersOf(drawn, "label");
    const seen = mean(numbersOf(pointRows(256), "label"));
    expect(Math.abs(mean(labels) - seen)).toBeLessThan(0.15);
    const right = numbersOf(drawn, "x").filter((x, i) => i % 2 === 0 && x > 0 === (labels[i >> 1] === 1));
    expect(right.length / 400).toBeGreaterThan(0.95);
  });

  it("can be given: one for all rows, one for each, or none", async () => {
    const conditional = demand(model, "conditional");
    const drawn = async (label: readonly number[] | readonly string[], guidance = 1) => {
      const view = conditional.given(rows({ label: label }));
      const own = demand(view, "sample", "bound");
      return sample(own, { key: key(4), count: 60, options: { steps: 20, guidance } });
    };
    const sides = async (...how: Parameters<typeof drawn>) => {
      const found = await drawn(...how);
      return {
        x: mean(numbersOf(found, "x").filter((_, i) => i % 2 === 0)),
        labels: numbersOf(found, "label"),
      };
    };
    const [left, right] = [await sides([0]), await sides(["right"])];
    expect(left.x).toBeLessThan(-1.5);
    expect(right.x).toBeGreaterThan(1.5);
    expect([new Set(left.labels), new Set(right.labels)]).toEqual([new Set([0]), new Set([1])]);
    const each = await drawn(Array.from({ length: 60 }, (_, i) => i % 2));
    const own = numbersOf(each, "x").filter((x, i) => i % 2 === 0 && x > 0 === ((i >> 1) % 2 === 1));
    expect(own.length).toBeGreaterThan(57);
    const none = await sides([-1]);
    expect(Math.abs(none.x)).toBeLessThan(1.4);
    expect(new Set(none.labels)).toEqual(new Set([-1]));
    // Without guidance the label is told but does not matter.
    const unguided = await sides([1], 0);
    expect(unguided.x).toBeCloseTo(none.x, 4);
  });

  it("make their data likelier", async () => {
    const x = pointRows(200, 5);
    const bound = async (view: Capable<"bound">): Promise<number> =>
      mean([...(await read(view.elbo(select(x, ["x"]), key(6), 10)))]);
    const conditional = demand(model, "conditional");
    const given = (labels: readonly number[]) => demand(conditional.given(rows({ label: labels })), "bound");
    const labels = numbersOf(x, "label");
    const [all, own, wrong] = [
      await bound(demand(model, "bound")),
      await bound(given(labels)),
      await bound(given(labels.map((label) => 1 - label))),
    ];
    expect(own).toBeGreaterThan(all);
    expect(all).toBeGreaterThan(wrong + 1);
  });

  it("that are none are refused, and so is a condition where there are none", () => {
    const before = memory().numTensors;
    const labelled = pointModel();
    const kept = memory().numTensors;
    for (const label of [[2], [0.5], ["up"]])
      expect(() => labelled.given(rows({ label: label }))).toThrow(InputError);
    expect(() => labelled.given(rows({ x: [1] }))).toThrow(InputError);
    expect(() => labelled.given(rows({ label: new Int32Array(0) }))).toThrow("for one row at least");
    const three = labelled.given(rows({ label: [0, 1, 1] })) as unknown as Diffusion;
    expect(() => three.elbo(pointRows(2), key(1))).toThrow("There are 3 labels for 2 rows");
    expect(memory().numTensors).toBe(kept);
    labelled[Symbol.dispose]();
    const plain = new Diffusion(imageSpec(4), config, key(1));
    expect(has(plain, "conditional")).toBe(false);
    expect(() => plain.given(rows({ label: [0] }))).toThrow("without labels");
    plain[Symbol.dispose]();
    expect(memory().numTensors).toBe(before);
  });
});

describe("samples", () => {
  it.each(["ddpm", "ddim", "euler", "heun", "dpm-solver++"] as const)(
    "of images by %s are levels",
    async (sampler) => {
      const { model } = await train(imageData(64, 6), 3);
      const options = { sampler, steps: 4, eta: 0.5 };
      const drawn = await sample(model, { key: key(2), count: 3, options });
      expect(drawn.columns["image"]!.shape).toEqual([6, 6, 1]);
      for (const level of numbersOf(drawn, "image"))
        expect(Number.isInteger(level) && level >= 0 && level < 256).toBe(true);
      const bigger = await sample(model, { key: key(2), count: 5, options });
      expect(numbersOf(slice(bigger, 0, 3), "image")).toEqual(numbersOf(drawn, "image"));
    },
  );

  it("come frame by frame with what they are expected to become", async () => {
    const { model } = await train(pointData(64), 30);
    const frames: Frame[] = [];
    const process = trace(model, { key: key(2), count: 2, options: { steps: 5, sampler: "heun" } });
    for await (const frame of process) frames.push(frame);
    expect(frames.map(({ step, steps }) => [step, steps])).toEqual([1, 2, 3, 4, 5].map((step) => [step, 5]));
    for (const { x, expected } of frames)
      expect([Object.keys(x!.columns), expected!.columns["x"]!.shape]).toEqual([["x", "label"], [2]]);
    // The last step goes where the data are expected.
    const last = frames.at(-1)!;
    numbersOf(last.x!, "x").forEach((value, i) =>
      expect(value).toBeCloseTo(numbersOf(last.expected!, "x")[i]!, 3),
    );
  });

  it("take at most as many steps as the model has times", async () => {
    const { model } = await train(pointData(64), 1, { times: 10 });
    const drawn = async (steps?: number) =>
      numbersOf(
        await sample(model, { key: key(2), count: 2, ...(steps !== undefined && { options: { steps } }) }),
        "x",
      );
    expect(await drawn()).toEqual(await drawn(10));
  });
});

it("is a denoiser for anybody's sampler", async () => {
  const { model } = await train(withoutLabels(pointData(64)), 5);
  const denoiser = demand(model, "denoise");
  expect(denoiser.noisedShape).toEqual([2]);
  tidy(() => {
    const x = normal(key(1), [4, 2]);
    const parts = denoiser.denoise(x, 7.5);
    const again = mixed(parts, levelAt(denoiser.schedule, 7.5)).dataSync();
    x.dataSync().forEach((value, i) => expect(again[i]).toBeCloseTo(value, 4));
  });
});

it("exports what its network says", () => {
  const model = pointModel();
  const { denoiser } = model.functions;
  expect(denoiser!.inputs).toEqual({
    x: { shape: [2], dtype: "float32" },
    time: { shape: [], dtype: "float32" },
    label: { shape: [], dtype: "int32" },
  });
  expect(denoiser!.outputs).toEqual(["v"]);
  model[Symbol.dispose]();
});

it("leaks nothing, and frees everything when disposed", () => {
  const start = memory().numTensors;
  const model = pointModel();
  const owned = memory().numTensors;
  model.elbo(pointRows(4), key(1), 2).dispose();
  tidy(() => {
    model.denoise(normal(key(1), [3, 2]), 4);
  });
  expect(() => model.elbo(select(pointRows(2), ["label"]), key(1))).toThrow(InputError);
  expect(memory().numTensors).toBe(owned);
  model[Symbol.dispose]();
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});

it("samples the same after saving and loading", async () => {
  const { model } = await train(imageData(64, 4), 3);
  const file = await save(model);
  const copy = await load(file, [diffusion]);
  expect(await save(copy)).toEqual(file);
  const [one, other] = [model, demand(copy, "sample")].map((each) =>
    sample(each as typeof model, { key: key(2), count: 2, options: { steps: 5 } }),
  );
  expect(numbersOf(await one!, "image")).toEqual(numbersOf(await other!, "image"));
  expect(taken(imageData(2, 4)).length).toBe(2);
});
