import { has, key, rows, sample, score, dataset, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { all, imageData, mixedData } from "./testing/data.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

describe("8-bit images", () => {
  const data = imageData(64, 256);

  it("are binarised for Bernoulli pixels, which leaves no likelihood of the grey levels", async () => {
    const { model, losses } = await train(data, 60, { likelihood: "bernoulli" });
    expect(model.encoding.id).toBe("binarise");
    expect(has(model, "bound")).toBe(false);
    expect(await score(model, all(data), { key: key(1) })).toMatchObject({ kind: "none" });
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    expect((await sample(model, { key: key(1), count: 2 })).columns["x"]!.shape).toEqual([4, 4, 1]);
  });

  it("are dequantised for Gaussian pixels, which bounds it", async () => {
    const { model, losses } = await train(data, 60, { likelihood: "gaussian" });
    expect(model.encoding.id).toBe("dequantise");
    const scored = await score(model, all(data), { key: key(1) });
    if (scored.kind !== "bound") expect.fail(scored.kind);
    const uniform = -16 * Math.log(256);
    const mean = scored.nats.reduce((a, b) => a + b, 0) / 64;
    expect(mean).toBeGreaterThan(uniform);
    expect(mean).toBeLessThan(0);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    const pixels = (await sample(model, { key: key(2), count: 3 })).columns["x"]!.data as Int32Array;
    for (const level of pixels) expect(Number.isInteger(level) && level >= 0 && level < 256).toBe(true);
  });
});

it("binary images are taken as they are", async () => {
  const data = imageData(64, 2);
  const { model } = await train(data, 60);
  expect(model.encoding.id).toBe("identity");
  const scored = await score(model, all(data), { key: key(1), samples: 10 });
  expect(scored.kind).toBe("bound");
});

it("numbers are standardised, and bounds are in the data's units", async () => {
  const spec: DataSpec = { kind: "table", fields: { x: { type: "real", shape: [] } } };
  const x = Float64Array.from({ length: 100 }, (_, i) => 1000 + i);
  const metres = dataset(spec, rows({ x }));
  const kilometres = dataset(spec, rows({ x: x.map((value) => value / 1000) }));
  const bounds = await Promise.all(
    [metres, kilometres].map(async (data) => {
      const { model } = await train(data, 5);
      expect(model.encoding.id).toBe("standardise");
      const scored = await score(model, all(data), { key: key(1) });
      return scored.kind === "none" ? expect.fail(scored.reason) : scored.nats;
    }),
  );
  bounds[0]!.forEach((value, row) => expect(bounds[1]![row]! - value).toBeCloseTo(Math.log(1000), 3));
});

it("tables may have ordered categories beside numbers", async () => {
  const spec: DataSpec = {
    kind: "table",
    fields: {
      x: { type: "real", shape: [] },
      size: { type: "category", shape: [], levels: 3, ordered: true },
    },
  };
  const size = Int32Array.from({ length: 60 }, (_, i) => i % 3);
  const data = dataset(spec, rows({ x: Float64Array.from(size, (v) => 10 * v), size }));
  const { model } = await train(data, 5);
  expect(model.encoding.to.fields["size"]).toMatchObject({ type: "category", levels: 3 });
  expect(has(model, "bound")).toBe(true);
});

it("samples of a table have its columns", async () => {
  const { model } = await train(mixedData(64), 20);
  const drawn = await sample(model, { key: key(4), count: 20 });
  for (const level of drawn.columns["colour"]!.data as Int32Array) expect([0, 1, 2]).toContain(level);
  expect(drawn.columns["height"]!.data).toHaveLength(40);
});
