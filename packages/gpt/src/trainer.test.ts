import { fit, instantiate, key, resume, type TrainingEvent } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory, mean, tensor, tidy, variableGrads, type Scalar } from "@tensorflow/tfjs-core";
import { softmaxCrossEntropy } from "@gen/nn";
import { reshape, slice, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { gpt } from "./index.js";
import { symbolRows, textData, wideModel } from "./testing/text.js";
import { train } from "./testing/train.js";
import { trainer } from "./trainer.js";

beforeAll(() => useBackend("cpu"));

const lines = ["abcabcabc", "", "cab", "bbbb"];
const settings = { learningRate: 1e-3, windows: 3, weightDecay: 0.1, warmup: 2, clip: 1 };

it("begins at a loss of ln V", async () => {
  const alphabet = "abcdefghijklmnopqrstuvwxyz";
  const { losses } = await train(textData([alphabet]), { steps: 1, config: { context: 16 } });
  expect(Math.abs(losses[0]! - Math.log(27))).toBeLessThan(0.1);
});

it("learns one line by heart", async () => {
  const { losses, model } = await train(textData(["abracadabra"]), {
    steps: 100,
    config: { width: 24, context: 12 },
    training: { windows: 1, learningRate: 0.02 },
  });
  expect(losses.at(-1)!).toBeLessThan(0.05);
  model[Symbol.dispose]();
});

it("takes texts shorter than the context, and empty ones", async () => {
  for (const data of [["a"], lines]) {
    const { losses } = await train(textData(data), { steps: 2, config: { context: 64 } });
    expect(losses.every(Number.isFinite)).toBe(true);
  }
});

it("refuses texts that are all empty", async () => {
  await expect(train(textData(["", ""]), { steps: 1 })).rejects.toThrow(
    /^The text has no characters to learn/,
  );
});

it("gives the loss's gradient for every parameter", () => {
  const model = wideModel(key(1), 3, { layers: 1, width: 4, context: 5 });
  const { network } = model;
  const symbols = [
    [0, 1, 2, 3, 1, 2],
    [3, 3, 0, 1, 0, 2],
  ];
  const loss = (): Tensor =>
    tidy(() => {
      const all = tensor(symbols, undefined, "int32");
      const hidden = network.hidden(slice(all, [0, 0], [2, 5]));
      const logits = reshape(network.logits(hidden), [10, 4]);
      return mean<Scalar>(softmaxCrossEntropy(logits, reshape(slice(all, [0, 1], [2, 5]), [10])));
    });
  const gradients = tidy(() => {
    const { grads } = variableGrads(() => loss() as Scalar);
    return Object.values(network.variables).map(({ name }) => grads[name]!.dataSync().slice());
  });
  Object.entries(network.variables).forEach(([path, variable], which) => {
    const base = Float32Array.from(variable.dataSync());
    const at = (index: number, change: number): number => {
      const moved = base.slice();
      moved[index]! += change;
      tidy(() => variable.assign(tensor(moved, variable.shape)));
      return tidy(() => loss().dataSync()[0]!);
    };
    base.forEach((_, index) => {
      const difference = (at(index, 0.01) - at(index, -0.01)) / 0.02;
      const error = Math.abs(gradients[which]![index]! - difference);
      if (!(error < 2e-3)) expect.fail(`${path}[${index}]: ${gradients[which]![index]!}, not ${difference}`);
    });
    tidy(() => variable.assign(tensor(base, variable.shape)));
  });
});

describe("dropout", () => {
  it("drops while it trains, by the step's key, and not when the model is used", async () => {
    const loss = async (dropout: number, seed: number): Promise<number> => {
      const model = wideModel(key(2), 3, { dropout });
      const own = trainer(model, settings);
      const { metrics } = await own.step([symbolRows([[1, 2, 3, 1, 2, 3, 1]])], { step: 0, key: key(seed) });
      return metrics["loss"]!;
    };
    expect(await loss(0.5, 1)).toBe(await loss(0.5, 1));
    expect(await loss(0.5, 1)).not.toBe(await loss(0, 1));
    const x = symbolRows([[1, 2, 3]]);
    expect(wideModel(key(2), 3, { dropout: 0.5 }).logProb(x).dataSync()).toEqual(
      wideModel(key(2)).logProb(x).dataSync(),
    );
  });
});

it("is the same for the same seed and another for another", async () => {
  const runs = await Promise.all([1, 1, 2].map((seed) => train(textData(lines), { steps: 3, seed })));
  expect(runs[1]!.losses).toEqual(runs[0]!.losses);
  expect(await runs[1]!.model.state()).toEqual(await runs[0]!.model.state());
  expect(runs[2]!.losses).not.toEqual(runs[0]!.losses);
});

it("resumes bit for bit", async () => {
  const data = textData(lines);
  const options = { key: key(3), steps: 6, every: { checkpoint: 3 } };
  const files = async (events: AsyncIterable<TrainingEvent>): Promise<Uint8Array[]> => {
    const found: Uint8Array[] = [];
    for await (const event of events) if (event.type === "checkpoint") found.push(event.file);
    return found;
  };
  const config = { layers: 1, heads: 2, width: 8, context: 8, dropout: 0.1 };
  const model = await instantiate(gpt, { data, config, key: key(3) });
  const [half, whole] = await files(fit(model, model.trainer(settings), data, options));
  const { model: copy, trainer: own, step } = await resume(half!, [gpt]);
  const [end] = await files(fit(copy, own, data, { ...options, from: step }));
  expect(end).toEqual(whole);
});

it("leaks nothing", async () => {
  const start = memory().numTensors;
  const model = wideModel(key(1));
  const own = trainer(model, settings);
  const pool = symbolRows([[1, 2, 3, 1, 2, 3]]);
  await own.step([pool], { step: 0, key: key(1) });
  const before = memory().numTensors;
  await own.step([pool], { step: 1, key: key(2) });
  expect(memory().numTensors).toBe(before);
  own[Symbol.dispose]();
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});
