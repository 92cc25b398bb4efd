import { column, InputError, key, MissingCapabilityError, demand, tensor, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Gan } from "../model.js";
import { dcganOf, type DcganConfig } from "./model.js";

beforeAll(() => useBackend("wasm"));

const image = (...shape: number[]): DataSpec => ({
  kind: "images",
  fields: { image: { type: "real", shape } },
});
const defaults: DcganConfig = { latent: 64, channels: 32, stages: 2, normalisation: "batch" };
const tiny: DcganConfig = { ...defaults, latent: 3, channels: 2 };
const made = (model: Gan, count: number) => tidy(() => tensor(generated(model, count), "image").dataSync());
const generated = (model: Gan, count: number) => model.generate(model.noise.sample(key(2), [count]));

it("is for 28 × 28 pixels of the usual size: 270 754 parameters", () => {
  using model = dcganOf(image(28, 28, 1), defaults, key(1));
  const trained = Object.values(model.variables).filter(({ trainable }) => trainable);
  expect(trained.reduce((sum, { size }) => sum + size, 0)).toBe(270_754);
});

it("starts as its paper says: weights from N(0, 0.02²), biases 0, norms 1 and 0", () => {
  using model = dcganOf(image(28, 28, 1), defaults, key(1));
  for (const [path, variable] of Object.entries(model.variables)) {
    if (!variable.trainable) continue;
    const values = variable.dataSync<"float32">();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const size = variable.size;
    if (path.endsWith("weight")) {
      expect(Math.abs(mean)).toBeLessThan((5 * 0.02) / Math.sqrt(size));
      expect(Math.abs(variance / 0.02 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / size));
    } else expect([path, mean, variance]).toEqual([path, path.endsWith("scale") ? 1 : 0, 0]);
  }
});

describe.each([
  ["grey", [8, 8, 1]],
  ["coloured", [8, 12, 3]],
  ["of sides that can't be halved twice", [7, 9, 2]],
])("images that are %s", (_, shape) => {
  it("are made of noise, from -1 to 1, and judged", () => {
    using model = dcganOf(image(...shape), tiny, key(1));
    tidy(() => {
      const rows = generated(model, 5);
      expect(column(rows, "image").shape).toEqual(shape);
      for (const value of tensor(rows, "image").dataSync()) expect(Math.abs(value)).toBeLessThanOrEqual(1);
      expect(model.features(rows).shape[0]).toBe(5);
    });
  });
});

it("normalises images in evaluation by what it has seen, not by each other", () => {
  using model = dcganOf(image(8, 8, 1), tiny, key(1));
  const four = made(model, 4);
  expect(made(model, 2)).toEqual(four.slice(0, 2 * 64));
});

it("mixes the rows in training only where batches are normalised", () => {
  const mixing = (["none", "batch", "layer", "spectral"] as const).filter((normalisation) => {
    using model = dcganOf(image(8, 8, 1), { ...tiny, normalisation }, key(1));
    return model.critic.rowsMix;
  });
  expect(mixing).toEqual(["batch"]);
  using flat = dcganOf(image(8, 8, 1), { ...tiny, stages: 1 }, key(1));
  expect(flat.critic.rowsMix).toBe(false);
});

it("has no density", () => {
  using model = dcganOf(image(8, 8, 1), tiny, key(1));
  // @ts-expect-error A generator gives no density.
  expect(model.logProb).toBeUndefined();
  expect(() => demand(model, "density")).toThrow(MissingCapabilityError);
});

describe("refuses in one sentence", () => {
  it.each<[string, DataSpec, Partial<DcganConfig>, RegExp]>([
    ["images too small", image(3, 8, 1), {}, /3 × 8 pixels can't be halved 2 times: use fewer stages/],
    ["images without channels", image(8, 8), {}, /must be \[height, width, channels\]/],
    [
      "two columns of images",
      { kind: "images", fields: { ...image(8, 8, 1).fields, other: { type: "real", shape: [8, 8, 1] } } },
      {},
      /one column of images, but the data have 2/,
    ],
    ["too many parameters", image(512, 512, 3), { channels: 1024, stages: 6 }, /more than 67108864/],
  ])("%s", (_, spec, config, message) => {
    const before = memory().numTensors;
    expect(() => dcganOf(spec, { ...tiny, ...config }, key(1))).toThrow(InputError);
    expect(() => dcganOf(spec, { ...tiny, ...config }, key(1))).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  it("a configuration that is not its file's", () => {
    expect(() => dcganOf(image(8, 8, 1), defaults, key(1), 100)).toThrow(/but the file holds 100/);
  });
});

it("frees everything when disposed", () => {
  const before = memory().numTensors;
  dcganOf(image(8, 8, 1), { ...tiny, normalisation: "spectral" }, key(1))[Symbol.dispose]();
  expect(memory().numTensors).toBe(before);
});
