import {
  column,
  dataset,
  demand,
  InputError,
  instantiate,
  key,
  load,
  MissingCapabilityError,
  rows,
  sample,
  save,
  score,
  trace,
  withoutLabels,
  type AnyInstance,
  type DataSpec,
  type Frame,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { gan } from "./index.js";
import { pointData, pointRows } from "./testing/data.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

describe("a model without a density", () => {
  it("has none at compile time", async () => {
    const model = await instantiate(gan, { data: pointData(32), config: { hidden: 4 }, key: key(1) });
    // @ts-expect-error A generator gives no density,
    expect(model.logProb).toBeUndefined();
    // @ts-expect-error nor a bound of one.
    expect(model.elbo).toBeUndefined();
    // @ts-expect-error A class may be given only where the data have labels: ask `has`.
    expect(model.given).toBeTypeOf("function");
    expectTypeOf(model.generate).toBeFunction();
    expectTypeOf(model.features).toBeFunction();
  });

  it("has none at run time, and says what it has and why", async () => {
    const { model } = await train(withoutLabels(pointData(64)), 1);
    const erased: AnyInstance = model;
    expect(() => demand(erased, "density")).toThrow(MissingCapabilityError);
    expect(() => demand(erased, "density")).toThrow(
      /gives samples, but no density .* it has: features, implicit, sample/,
    );
    expect(() => demand(erased, "bound")).toThrow(MissingCapabilityError);
    const scored = await score(erased, pointRows(4), { key: key(1) });
    expect(scored).toEqual({ kind: "none", reason: "a generator gives samples, but no density of them" });
  });
});

it("samples come in the data's units, and another scale gives the same ones scaled", async () => {
  const spec: DataSpec = {
    kind: "table",
    fields: { height: { type: "real", shape: [] }, place: { type: "real", shape: [2] } },
  };
  const height = Float64Array.from({ length: 64 }, (_, i) => 1000 + i);
  const place = { data: Float64Array.from({ length: 128 }, (_, i) => Math.sin(i)), shape: [2] };
  const drawn = await Promise.all(
    [1, 1000].map(async (unit) => {
      const { model } = await train(dataset(spec, rows({ height: height.map((h) => h / unit), place })), 5);
      return sample(model, { key: key(2), count: 8 });
    }),
  );
  const [metres, kilometres] = drawn.map((each) => column(each, "height").data as Float64Array);
  metres!.forEach((value, i) => expect(value / 1000).toBeCloseTo(kilometres![i]!, 6));
  expect(column(drawn[0]!, "place").shape).toEqual([2]);
});

it("takes labels that are classes, and rows of numbers", async () => {
  const real: DataSpec = {
    kind: "points",
    fields: { x: { type: "real", shape: [2] }, y: { role: "y", type: "real", shape: [] } },
  };
  const data = dataset(real, rows({ x: [[1, 2]], y: [3] }));
  await expect(instantiate(gan, { data, key: key(1) })).rejects.toThrow(InputError);
  const words = dataset({ kind: "table", fields: { word: { type: "text" } } }, rows({ word: ["a"] }));
  await expect(instantiate(gan, { data: words, key: key(1) })).rejects.toThrow(InputError);
});

it("samples, traces, saves and loads", async () => {
  const { model } = await train(pointData(64), 5);
  const drawn = await sample(model, { key: key(3), count: 4 });
  const again = await sample(model, { key: key(3), count: 6 });
  expect(Array.from(column(again, "x").data as Float64Array).slice(0, 8)).toEqual(
    Array.from(column(drawn, "x").data as Float64Array),
  );
  const frames: Frame[] = [];
  for await (const frame of trace(model, { key: key(3), count: 4 })) frames.push(frame);
  expect(frames).toHaveLength(1);
  expect(frames[0]!.latent?.length).toBe(4);
  expect(column(frames[0]!.x!, "x").data).toEqual(column(drawn, "x").data);
  const file = await save(model);
  const copy = await load(file, [gan]);
  expect(await save(copy)).toEqual(file);
});
