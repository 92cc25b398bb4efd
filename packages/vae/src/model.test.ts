import {
  InputError,
  key,
  kl,
  klMonteCarlo,
  load,
  sample,
  save,
  select,
  slice,
  tensor,
  trace,
  type DataSpec,
  type Frame,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory, mean, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { vae } from "./index.js";
import { Vae } from "./model.js";
import { imageData, mixedData, mixedRows, mixedSpec } from "./testing/data.js";
import { assign, lossGradients } from "./testing/gradients.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

const tiny = { latent: 2, hidden: 4, layers: 1 };
const tinyModel = () => new Vae(mixedSpec, tiny, key(1));
const numbers = (values: { dataSync(): ArrayLike<number> }): number[] => Array.from(values.dataSync());

function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(expected[i]!)),
    );
}

it("has the divergence of its posterior from the prior", () => {
  const model = tinyModel();
  const q = model.encode(mixedRows(5));
  const exact = numbers(kl(q, model.prior));
  const { value, standardError } = klMonteCarlo(q, model.prior, { key: key(2), samples: 4000 });
  const errors = numbers(standardError);
  numbers(value).forEach((estimate, row) =>
    expect(Math.abs(estimate - exact[row]!)).toBeLessThan(5 * errors[row]! + 1e-5),
  );
});

it("has bounds that rise with the number of samples", async () => {
  const { inner } = await train(mixedData(200), 60);
  const x = mixedRows(100, 9);
  const average = (samples: number): number[] =>
    [1, 2, 3, 4, 5, 6].map((seed) => numbers(tidy(() => mean(inner.elbo(x, key(seed), samples))))[0]!);
  const bounds = [1, 5, 50].map((samples) => {
    const values = average(samples);
    const centre = values.reduce((a, b) => a + b, 0) / 6;
    return { centre, error: Math.sqrt(values.reduce((a, b) => a + (b - centre) ** 2, 0) / 30) };
  });
  bounds.slice(1).forEach(({ centre, error }, i) => {
    expect(centre - bounds[i]!.centre).toBeGreaterThan(-2 * Math.hypot(error, bounds[i]!.error));
  });
  expect(bounds[2]!.centre).toBeGreaterThan(bounds[0]!.centre);
});

it("gives the loss's gradient for every parameter", () => {
  const model = tinyModel();
  const x = mixedRows(6);
  const loss = (): number =>
    tidy(() => {
      const { reconstruction, divergence } = model.terms(x, key(4));
      return numbers(divergence).reduce((sum, d, i) => sum + d - numbers(reconstruction)[i]!, 0);
    });
  const gradients = lossGradients(model, x, key(4));
  for (const [path, variable] of Object.entries(model.variables)) {
    const base = Float32Array.from(numbers(variable));
    const at = (index: number, change: number): number => {
      const moved = base.slice();
      moved[index]! += change;
      assign(variable, moved);
      return loss();
    };
    base.forEach((_, index) => {
      const h = 4e-3;
      const difference = (at(index, h) - at(index, -h)) / (2 * h);
      const error = Math.abs(gradients[path]![index]! - difference) / Math.max(1, Math.abs(difference));
      if (!(error < 1e-2)) expect.fail(`${path}[${index}]: ${gradients[path]![index]!}, not ${difference}`);
    });
    assign(variable, base);
  }
});

describe("batches", () => {
  const model = () => tinyModel();
  it("encode row by row", () => {
    const [x, one] = [mixedRows(7), model()];
    const whole = numbers(one.features(x));
    const parts = [slice(x, 0, 3), slice(x, 3, 7)].flatMap((part) => numbers(one.features(part)));
    near(parts, whole, 1e-6);
  });

  it("bound the first rows of a bigger batch alike", () => {
    const [x, one] = [mixedRows(7), model()];
    near(numbers(one.elbo(slice(x, 0, 3), key(1))), numbers(one.elbo(x, key(1))).slice(0, 3), 1e-5);
  });
});

describe("codes", () => {
  it("have the shape that the model says, and come back as rows", () => {
    const model = new Vae(mixedSpec, { ...tiny, latent: 3 }, key(1));
    const codes = model.compress(mixedRows(5));
    expect(codes.columns["z"]!.shape).toEqual([3]);
    expect(model.codes.fields["z"]).toEqual({ type: "real", shape: [3] });
    const back = model.reconstruct(codes);
    expect(Object.keys(back.columns)).toEqual(Object.keys(mixedSpec.fields));
    expect(tensor(back, "height").shape).toEqual([5, 2]);
    expect(numbers(tensor(back, "colour")).every((level) => [0, 1, 2].includes(level))).toBe(true);
    expect(model.features(mixedRows(5)).shape).toEqual([5, 3]);
  });

  it("decode to probabilities of binary pixels", async () => {
    const { inner } = await train(imageData(64, 2), 5);
    const decoded = inner.decode(inner.prior.sample(key(1), [10]));
    const pixels = numbers(tensor(decoded.mean!()));
    expect(pixels).toHaveLength(160);
    for (const pixel of pixels) expect(pixel >= 0 && pixel <= 1).toBe(true);
  });
});

describe("refuses in one sentence", () => {
  it.each<[string, DataSpec["fields"][string], RegExp]>([
    ["text", { type: "text" }, /takes no text: leave out the column "c"/],
    ["sequences", { type: "real", shape: [], sequence: true }, /rows of one length/],
    ["gaps", { type: "real", shape: [], optional: true }, /takes no gaps, and the column "c"/],
    ["rows too wide for memory", { type: "real", shape: [1e9] }, /use fewer hidden units/],
  ])("%s", (_, field, message) => {
    const before = memory().numTensors;
    const spec: DataSpec = { kind: "table", fields: { a: { type: "real", shape: [] }, c: field } };
    expect(() => new Vae(spec, tiny, key(1))).toThrow(InputError);
    expect(() => new Vae(spec, tiny, key(1))).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  it("rows that lack a column", () => {
    expect(() => tinyModel().features(select(mixedRows(2), ["height"]))).toThrow(/"member"/);
  });
});

it("leaks nothing, and frees everything when disposed", async () => {
  const start = memory().numTensors;
  const model = tinyModel();
  const x = mixedRows(4);
  const owned = memory().numTensors;
  model.elbo(x, key(1)).dispose();
  model.elbo(x, key(1), 5).dispose();
  model.features(x).dispose();
  tensor(model.compress(x)).dispose();
  for (const { data } of Object.values(
    model.reconstruct({ length: 1, columns: { z: { data: Float32Array.of(1, 2), shape: [2] } } }).columns,
  ))
    tensor({ data, shape: [] }).dispose();
  await sample(model, { key: key(1), count: 3 });
  expect(() => model.features(select(x, ["height"]))).toThrow();
  expect(memory().numTensors).toBe(owned);
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});

it("samples, traces, saves and loads", async () => {
  const { model } = await train(mixedData(64), 5);
  const drawn = await sample(model, { key: key(3), count: 4, options: { temperature: 0.5 } });
  expect(drawn.length).toBe(4);
  const again = await sample(model, { key: key(3), count: 6, options: { temperature: 0.5 } });
  expect(Array.from(again.columns["height"]!.data as Float64Array).slice(0, 8)).toEqual(
    Array.from(drawn.columns["height"]!.data as Float64Array),
  );
  const frames: Frame[] = [];
  for await (const frame of trace(model, { key: key(3), count: 2 })) frames.push(frame);
  expect(frames[0]!.latent?.length).toBe(2);
  const file = await save(model);
  const copy = await load(file, [vae]);
  expect(await save(copy)).toEqual(file);
});
