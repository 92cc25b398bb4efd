import {
  InputError,
  key,
  load,
  readSafetensors,
  save,
  slice,
  tensor,
  writeSafetensors,
  type DataSpec,
  type Rows,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals64 } from "@gen/core/random";
import { memory, tensor as constant, tidy, variableGrads, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { autoencoder } from "./index.js";
import { Autoencoder, type AutoencoderConfig } from "./model.js";
import { columns } from "./testing/data.js";
import { tiny, train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

const imageSpec = (shape: readonly number[]): DataSpec => ({
  kind: "images",
  fields: { x: { type: "real", shape } },
});
const table: DataSpec = {
  kind: "table",
  fields: { a: { type: "real", shape: [] }, b: { type: "real", shape: [3] } },
};

/** Rows of a specification of reals, from 0 to 1. */
function rowsOf(spec: DataSpec, length: number): Rows {
  const made = Object.entries(spec.fields).map(([name, field]) => {
    const shape = field.type === "real" ? field.shape : [];
    const size = shape.reduce((a, b) => a * b, length);
    return [
      name,
      { data: normals64(key(3).fold(name), size).map((z) => 1 / (1 + Math.exp(z))), shape },
    ] as const;
  });
  return { length, columns: Object.fromEntries(made) };
}

const numbers = (values: Tensor): number[] => {
  const read = Array.from(values.dataSync());
  values.dispose();
  return read;
};
const convolutional: AutoencoderConfig = { ...tiny, network: "convolutional", layers: 2 };

describe("networks", () => {
  it("of dense layers mirror each other", () => {
    const shapes = (config: Partial<AutoencoderConfig>): string[] =>
      Object.entries(new Autoencoder(table, { ...tiny, ...config }, key(1)).variables).map(
        ([path, { shape }]) => `${path} ${shape.join(" ")}`,
      );
    expect(shapes({ layers: 1, hidden: 8 })).toEqual([
      ...["encoder/0/weight 4 8", "encoder/0/bias 8", "encoder/1/weight 8 2", "encoder/1/bias 2"],
      ...["decoder/0/weight 2 8", "decoder/0/bias 8", "decoder/1/weight 8 4", "decoder/1/bias 4"],
    ]);
    expect(shapes({ layers: 0 })).toEqual([
      ...["encoder/0/weight 4 2", "encoder/0/bias 2", "decoder/0/weight 2 4", "decoder/0/bias 4"],
    ]);
  });

  it.each([
    [28, 28, 1],
    [7, 5, 3],
    [1, 1, 1],
    [2, 9, 1],
    [6, 4],
  ])("of convolutions take and give images of %d x %d", (...shape) => {
    const spec = imageSpec(shape);
    const model = new Autoencoder(spec, convolutional, key(1));
    const codes = model.compress(rowsOf(spec, 3));
    expect(tensor(codes, "z").shape).toEqual([3, 2]);
    expect(tensor(model.reconstruct(codes), "x").shape).toEqual([3, ...shape]);
  });

  it("of convolutions know neighbours: a pixel changes what is near to it alone, before the dense layer", () => {
    const spec = imageSpec([8, 8, 1]);
    const model = new Autoencoder(spec, { ...convolutional, layers: 1, latent: 32 }, key(1));
    // With a dense layer that copies, the code is the small image itself: 2 channels of 4 x 4.
    const weight = Float32Array.from({ length: 32 * 32 }, (_, i) => Number(i % 33 === 0));
    tidy(() => {
      model.variables["encoder/dense/weight"]!.assign(constant(weight, [32, 32]));
      model.variables["encoder/dense/bias"]!.assign(constant(new Float32Array(32)));
    });
    const image = (lit: number): Rows => {
      const data = new Float64Array(64).fill(0.5);
      data[lit] = 1;
      return { length: 1, columns: { x: { data, shape: [8, 8, 1] } } };
    };
    const [plain, lit] = [image(63), image(0)].map((x) => numbers(model.features(x)));
    const changed = plain!.flatMap((value, i) => (value === lit![i] ? [] : [i % 16]));
    expect(changed.length).toBeGreaterThan(0);
    for (const cell of changed) expect([0, 15]).toContain(cell);
  });
});

it.each<[string, DataSpec, AutoencoderConfig]>([
  ["dense layers", table, { ...tiny, hidden: 5 }],
  ["convolutions", imageSpec([5, 4, 1]), convolutional],
  ["cross-entropy", imageSpec([2, 2, 1]), { ...tiny, hidden: 5, loss: "crossEntropy" }],
])("has the loss's gradient for every parameter of %s", (_, spec, config) => {
  const model = new Autoencoder(spec, config, key(1));
  const x = rowsOf(spec, 4);
  const seen = (values: Tensor): Tensor => values;
  const { grads } = variableGrads(() => model.loss(x, seen));
  for (const [path, variable] of Object.entries(model.variables)) {
    const base = Float32Array.from(variable.dataSync());
    const at = (index: number, change: number): number => {
      const moved = base.slice();
      moved[index]! += change;
      return tidy(() => {
        variable.assign(constant(moved, variable.shape));
        return model.loss(x, seen).dataSync()[0]!;
      });
    };
    const gradient = grads[variable.name]!.dataSync();
    for (let index = 0; index < base.length; index += Math.ceil(base.length / 12)) {
      const difference = (at(index, 1e-2) - at(index, -1e-2)) / 2e-2;
      expect(Math.abs(gradient[index]! - difference), `${path}[${index}]`).toBeLessThan(2e-3);
    }
    at(0, 0);
  }
});

it("measures what it says: the mean squared error, or the cross-entropy in nats", () => {
  const spec = imageSpec([2, 2, 1]);
  const x = rowsOf(spec, 3);
  const target = Array.from(x.columns["x"]!.data as Float64Array);
  const of = (loss: AutoencoderConfig["loss"]): { readonly loss: number; readonly made: number[] } => {
    const model = new Autoencoder(spec, { ...tiny, loss }, key(1));
    const made = numbers(tensor(model.reconstruct(model.compress(x)), "x"));
    return { loss: numbers(model.loss(x, (values) => values))[0]!, made };
  };
  const mean = (term: (t: number, made: number) => number, made: readonly number[]): number =>
    target.reduce((sum, t, i) => sum + term(t, made[i]!), 0) / target.length;
  const squared = of("squaredError");
  expect(squared.loss).toBeCloseTo(
    mean((t, y) => (t - y) ** 2, squared.made),
    5,
  );
  const entropy = of("crossEntropy");
  expect(entropy.loss).toBeCloseTo(
    mean((t, y) => -t * Math.log(y) - (1 - t) * Math.log(1 - y), entropy.made),
    5,
  );
});

it("gives a row the same code whatever rows stand beside it", () => {
  const model = new Autoencoder(table, tiny, key(1));
  const x = rowsOf(table, 7);
  const whole = numbers(model.features(x));
  const parts = [slice(x, 0, 3), slice(x, 3, 7)].flatMap((part) => numbers(model.features(part)));
  parts.forEach((value, i) => expect(value).toBeCloseTo(whole[i]!, 6));
});

it("has functions of tensors for encoder and decoder", () => {
  const spec = imageSpec([5, 4, 1]);
  const model = new Autoencoder(spec, { ...convolutional, loss: "crossEntropy" }, key(1));
  const { encoder, decoder } = model.functions;
  const x = rowsOf(spec, 2);
  const { z } = encoder!.call({ x: tensor(x, "x") });
  expect(numbers(z!)).toEqual(numbers(model.features(x)));
  const codes = constant([[1, -1]]);
  const pixels = numbers(decoder!.call({ z: codes })["x"]!);
  expect(pixels).toHaveLength(20);
  expect(pixels).toEqual(
    numbers(tensor(model.reconstruct({ length: 1, columns: { z: { data: codes, shape: [2] } } }), "x")),
  );
  for (const pixel of pixels) expect(pixel > 0 && pixel < 1).toBe(true);
});

describe("refuses in one sentence", () => {
  const withField = (field: DataSpec["fields"][string]): DataSpec => ({
    kind: "table",
    fields: { a: { type: "real", shape: [] }, c: field },
  });
  it.each<[string, DataSpec, Partial<AutoencoderConfig>, RegExp]>([
    ["text", withField({ type: "text" }), {}, /takes no text: leave out the column "c"/],
    ["sequences", withField({ type: "real", shape: [], sequence: true }), {}, /rows of one length/],
    ["gaps", withField({ type: "real", shape: [], optional: true }), {}, /takes no gaps, and the column "c"/],
    ["rows too wide for memory", withField({ type: "real", shape: [1e9] }), {}, /use fewer hidden units/],
    ["convolutions of tables", table, { network: "convolutional" }, /takes one image .* these are table/],
    ["convolutions of vectors", imageSpec([9]), { network: "convolutional" }, /takes one image/],
    [
      "convolutions too large for memory",
      imageSpec([512, 512, 3]),
      { ...convolutional, layers: 8, channels: 1024 },
      /fewer hidden units, channels/,
    ],
  ])("%s", (_, spec, config, message) => {
    const before = memory().numTensors;
    const build = (): unknown => new Autoencoder(spec, { ...tiny, ...config }, key(1));
    expect(build).toThrow(InputError);
    expect(build).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });
});

it("leaks nothing, and frees everything when disposed", () => {
  const start = memory().numTensors;
  const spec = imageSpec([5, 4, 1]);
  const model = new Autoencoder(spec, convolutional, key(1));
  const x = rowsOf(spec, 2);
  const owned = memory().numTensors;
  model.features(x).dispose();
  model.loss(x, (values) => values).dispose();
  const codes = model.compress(x);
  const again = model.reconstruct(codes);
  for (const rows of [codes, again])
    tidy(() => Object.values(rows.columns).forEach(({ data }) => (data as Tensor).dispose()));
  expect(() => model.features({ length: 1, columns: {} })).toThrow(/"x"/);
  expect(memory().numTensors).toBe(owned);
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});

it("is the same after a file, and refuses one that asks for another size, soon", async () => {
  const { model } = await train(columns(32), 2);
  const file = await save(model);
  expect(await save(await load(file, [autoencoder]))).toEqual(file);
  const { metadata, tensors } = readSafetensors(file);
  for (const config of [
    { ...tiny, hidden: 8192, layers: 8 },
    { ...tiny, latent: 1024, layers: 0 },
    { ...tiny, network: "convolutional", layers: 8, channels: 1024 },
    { ...tiny, network: "convolutional", layers: 1, channels: 512 },
  ]) {
    const items = new Map(metadata);
    items.delete("checksum");
    items.set("config", JSON.stringify(config));
    const began = performance.now();
    await expect(load(writeSafetensors({ metadata: items, tensors }), [autoencoder])).rejects.toThrow(
      InputError,
    );
    expect(performance.now() - began).toBeLessThan(2000);
  }
});
