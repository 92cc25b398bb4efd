import {
  all,
  dataset,
  demand,
  encodedView,
  fit,
  has,
  instantiate,
  interpolate,
  key,
  load,
  MissingCapabilityError,
  oneHot,
  pca,
  reconstruction,
  rows,
  sample,
  save,
  score,
  slice,
  type Dataset,
  type DataSpec,
  type Rows,
  type TrainingEvent,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { uniforms64 } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { autoencoder } from "./index.js";
import { columns, table } from "./testing/data.js";
import { normalCodes } from "./testing/normal-codes.js";
import { tiny, train } from "./testing/train.js";

beforeAll(() => useBackend("wasm"));

const images = columns(300);
/** One that knows these images well. */
let trained: Awaited<ReturnType<typeof train>> | undefined;
const learned = async (): Promise<NonNullable<typeof trained>> =>
  (trained ??= await train(images, 400, { config: { hidden: 64 } }));

const numbers = (x: Rows, name: string): number[] => Array.from(x.columns[name]!.data as Float64Array);

/** The share of the variance of a column's elements that reconstructions lose. */
function lost(x: Rows, again: Rows, name: string): number {
  const [a, b] = [numbers(x, name), numbers(again, name)];
  const width = a.length / x.length;
  const means = Array.from(
    { length: width },
    (_, j) => a.filter((__, i) => i % width === j).reduce((s, v) => s + v, 0) / x.length,
  );
  const sum = (term: (i: number) => number): number => a.reduce((s, _, i) => s + term(i) ** 2, 0);
  return sum((i) => a[i]! - b[i]!) / sum((i) => a[i]! - means[i % width]!);
}

async function finished(events: AsyncIterable<TrainingEvent>): Promise<void> {
  let last: TrainingEvent | undefined;
  for await (const event of events) last = event;
  expect(last?.type).toBe("end");
}

describe("images", () => {
  it.each([
    ["dense", "squaredError"],
    ["dense", "crossEntropy"],
    ["convolutional", "squaredError"],
    ["convolutional", "crossEntropy"],
  ] as const)("of 8 bits go from 0 to 1 and come back as levels (%s, %s)", async (network, loss) => {
    const data = columns(200);
    const { model, losses } = await train(data, 150, { config: { network, loss, hidden: 32, channels: 4 } });
    expect(model.encoding.id).toBe("scaleLevels");
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    const x = await all(data);
    const again = await reconstruction(model, x);
    expect(lost(x, again, "image")).toBeLessThan(0.25);
    for (const level of numbers(again, "image"))
      expect(Number.isInteger(level) && level >= 0 && level < 256).toBe(true);
  });

  it("of two levels come back as such", async () => {
    const data = columns(200, 2);
    const { model } = await train(data, 150, { config: { loss: "crossEntropy" } });
    const x = await all(data);
    const again = numbers(await reconstruction(model, x), "image");
    const wrong = numbers(x, "image").filter((level, i) => level !== again[i]).length;
    expect(wrong / again.length).toBeLessThan(0.05);
    expect(new Set(again)).toEqual(new Set([0, 1]));
  });

  it("of real numbers are standardised for squared errors, and shares for cross-entropy", async () => {
    const spec: DataSpec = { kind: "images", fields: { x: { type: "real", shape: [2, 2, 1] } } };
    const real = (scale: number): Dataset =>
      dataset(
        spec,
        rows({
          x: { data: Float64Array.from({ length: 80 }, (_, i) => (scale * (i % 7)) / 6), shape: [2, 2, 1] },
        }),
      );
    expect((await train(real(100), 1)).model.encoding.id).toBe("standardise");
    expect((await train(real(1), 1, { config: { loss: "crossEntropy" } })).model.encoding.id).toBe(
      "identity",
    );
    await expect(train(real(100), 1, { config: { loss: "crossEntropy" } })).rejects.toThrow(
      /numbers from 0 to 1, and the column "x" has \d/,
    );
  });
});

it("tables and points are standardised, and reconstructed in their own units", async () => {
  const data = table(256);
  const { model } = await train(data, 300);
  expect(model.encoding.id).toBe("standardise");
  const x = await all(data);
  const again = await reconstruction(model, x);
  for (const name of ["a", "b", "c"]) expect(lost(x, again, name)).toBeLessThan(0.1);
});

it("a linear one loses as little as principal components, and no less", async () => {
  const raw = table(256);
  const { model, losses } = await train(raw, 600, { config: { layers: 0 } });
  const data = encodedView(raw, model.encoding);
  const components = await pca(data, { components: 2 });
  const x = await all(data);
  const best = components.decode(components.encode(x));
  const squares = ["a", "b", "c"].flatMap((name) =>
    numbers(x, name).map((value, i) => (value - numbers(best, name)[i]!) ** 2),
  );
  const least = squares.reduce((a, b) => a + b, 0) / squares.length;
  const found = losses.slice(-50).reduce((a, b) => a + b, 0) / 50;
  expect(found / least).toBeGreaterThan(0.9);
  expect(found / least).toBeLessThan(1.1);
});

it("that denoises undoes damage better than one that has seen none", async () => {
  // With room for every pixel in its code a plain one copies what it sees, holes and all.
  const config = { hidden: 64, latent: 35 };
  const plain = await train(images, 250, { config });
  const denoising = await train(images, 250, { config, training: { masked: 0.4 } });
  const x = await all(images);
  const chance = uniforms64(key(5), numbers(x, "image").length);
  const holes = Uint8Array.from(numbers(x, "image"), (level, i) => (chance[i]! < 0.4 ? 0 : level));
  const damaged: Rows = { ...x, columns: { image: { ...x.columns["image"]!, data: holes } } };
  const error = async ({ model }: typeof plain): Promise<number> =>
    lost(x, await reconstruction(model, damaged), "image");
  expect(await error(denoising)).toBeLessThan(0.6 * (await error(plain)));
});

describe("has no probability", () => {
  it("at compile time", async () => {
    const model = await instantiate(autoencoder, { data: columns(8), config: tiny, key: key(1) });
    // @ts-expect-error: no density
    expect(model.logProb).toBeUndefined();
    // @ts-expect-error: no bound
    expect(model.elbo).toBeUndefined();
    // @ts-expect-error: no prior
    expect(model.prior).toBeUndefined();
    // @ts-expect-error: no protocol
    expect(model.protocol).toBeUndefined();
    // @ts-expect-error: no samples
    await expect(sample(model, { key: key(1), count: 1 })).rejects.toThrow(
      'no "sample" (it draws nothing by itself: train a model over its codes); it has: codec, features.',
    );
  });

  it("at run time", async () => {
    const { model } = await train(columns(8), 1);
    for (const capability of ["sample", "density", "bound", "latent", "joint", "implicit", "flow"] as const) {
      expect(has(model, capability)).toBe(false);
      expect(() => demand(model, capability)).toThrow(MissingCapabilityError);
    }
    expect(await score(model, await all(columns(8)), { key: key(1) })).toEqual({
      kind: "none",
      reason: "it has no probabilities, it compresses and reconstructs",
    });
  });
});

it("is a generator once a distribution is fitted to its codes, and has no density then either", async () => {
  const { model: codec } = await learned();
  const data = images;
  const model = await instantiate(normalCodes, { data, key: key(2), over: codec });
  await finished(fit(model, model.trainer(), data, { key: key(2), steps: 1 }));
  const drawn = await sample(model, { key: key(3), count: 50 });
  expect(drawn.columns["image"]!.shape).toEqual([7, 5, 1]);
  // What is drawn looks like the data: every pixel of a column is about as bright.
  const pixels = numbers(drawn, "image");
  const spread = Math.max(...pixels) - Math.min(...pixels);
  const unevenness =
    pixels.reduce((sum, level, i) => sum + (i % 35 < 5 ? 0 : Math.abs(level - pixels[i - 5]!)), 0) /
    pixels.length;
  expect(spread).toBeGreaterThan(150);
  expect(unevenness).toBeLessThan(10);
  expect(await sample(model, { key: key(4), count: 1 })).not.toEqual(slice(drawn, 0, 1));
  expect(has(model, "density")).toBe(false);
  expect(await score(model, await all(data), { key: key(1) })).toEqual({
    kind: "none",
    reason: "the first stage keeps only a code of each row",
  });
  const copy = await load(await save(model), [normalCodes, autoencoder]);
  expect(await sample(demand(copy, "sample"), { key: key(3), count: 50 })).toEqual(drawn);
});

it("interpolates: between two images the column moves", async () => {
  const { model } = await learned();
  const x = await all(images);
  const brightest = (of: Rows, row: number): number => {
    const line = numbers(of, "image").slice(row * 35, row * 35 + 5);
    return line.indexOf(Math.max(...line));
  };
  const at = (column: number): Rows => {
    const row = Array.from({ length: x.length }, (_, i) => i).find((i) => brightest(x, i) === column)!;
    return slice(x, row, row + 1);
  };
  const path = await interpolate(model, at(0), at(4), { steps: 9 });
  const places = Array.from({ length: 9 }, (_, i) => brightest(path, i));
  expect([places[0], places[8]]).toEqual([0, 4]);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  const apart = (a: number, b: number): number =>
    numbers(slice(path, a, a + 1), "image").reduce(
      (sum, level, i) => sum + (level - numbers(slice(path, b, b + 1), "image")[i]!) ** 2,
      0,
    );
  // No step is the whole way.
  for (let i = 1; i < 9; i++) expect(apart(i - 1, i)).toBeLessThan(apart(0, 8) / 2);
});

it.each<[string, DataSpec["fields"][string], RegExp]>([
  [
    "categories",
    { type: "category", shape: [], levels: 3 },
    /column "c" holds categories: leave it out, or make/,
  ],
  ["text", { type: "text" }, /takes no text/],
  ["gaps", { type: "real", shape: [], optional: true }, /"c" has no value in row 2/],
])("refuses %s before it starts", async (_, field, message) => {
  const spec: DataSpec = { kind: "table", fields: { a: { type: "real", shape: [] }, c: field } };
  const gap = field.optional === true ? NaN : 1;
  const data = dataset(spec, rows({ a: [1, 2], c: field.type === "text" ? ["x", "y"] : [0, gap] }));
  await expect(instantiate(autoencoder, { data, config: tiny, key: key(1) })).rejects.toThrow(message);
});

it("takes a table's categories as numbers, when they are made such", async () => {
  const spec: DataSpec = {
    kind: "table",
    fields: { a: { type: "real", shape: [] }, c: { type: "category", shape: [], levels: 3 } },
  };
  const c = Int32Array.from({ length: 60 }, (_, i) => i % 3);
  const data = dataset(spec, rows({ a: Float64Array.from(c, (level) => 2 * level), c }));
  const model = await instantiate(autoencoder, { data, config: tiny, key: key(1), over: oneHot(spec) });
  const trainer = model.trainer({ learningRate: 0.02 });
  await finished(fit(model, trainer, data, { key: key(1), steps: 200, batch: 20 }));
  const again = await reconstruction(model, await all(data));
  expect(numbers(again, "c")).toEqual([...c]);
});
