import {
  bitsPerDimension,
  demand,
  has,
  key,
  load,
  rows,
  sample,
  save,
  score,
  trace,
  type Rows,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, test } from "vitest";
import { images, labelledImages, rowsOf } from "../testing/data.js";
import { train } from "../testing/train.js";
import { glow } from "./index.js";

beforeAll(() => useBackend("wasm"));

const config = { scales: 2, steps: 2, hidden: 16 };

test("8-bit images have a bound, and a list of latents that crosses files, samples and traces", async () => {
  const data = images(128, 8);
  const { model, losses } = await train(glow, data, { steps: 60, config });
  expect([...model.capabilities].sort()).toEqual(["bound", "flow", "sample"]);
  expect(losses.at(-1)!).toBeLessThan(losses[0]!);
  const x = rowsOf(data, 8);
  const drawable = demand(model, "sample");
  const frames: Rows[] = [];
  for await (const frame of trace(drawable, { key: key(3), count: 2 })) frames.push(frame.x!);
  // The noise, two steps of the coarse scale, the split's distribution, two steps of the fine one.
  expect(frames).toHaveLength(6);
  for (const frame of frames) expect(frame.columns["image"]!.shape).toEqual([8, 8, 1]);

  const copy = await load(await save(model), [glow]);
  const draw = { key: key(5), count: 3 };
  expect(await sample(demand(copy, "sample"), draw)).toEqual(await sample(drawable, draw));
  const found = await score(model, x, { key: key(2) });
  expect(await score(copy, x, { key: key(2) })).toEqual(found);
  if (found.kind !== "bound") expect.fail(found.kind);
  expect(bitsPerDimension(found)).toBeGreaterThan(6);
  expect(bitsPerDimension(found)).toBeLessThan(8.2);

  const flow = demand(copy, "flow");
  const { z, logDet } = flow.toLatent(x);
  expect(z.map(({ shape }) => shape)).toEqual([
    [8, 8, 2, 2],
    [8, 2, 4, 4],
  ]);
  expect(flow.fromLatent(z).columns["image"]!.data).toEqual(x.columns["image"]!.data);
  for (const each of [...z, logDet]) each.dispose();
});

test("images with labels are drawn given a class", async () => {
  const data = labelledImages(128);
  const { model } = await train(glow, data, { steps: 80, config });
  expect(has(model, "classifier", "bound", "conditional")).toBe(true);
  for (const [half, brighter] of [
    ["left", 0],
    ["right", 1],
  ] as const) {
    const view = demand(demand(model, "conditional").given(rows({ half: [half] })), "sample");
    const drawn = await sample(view, { key: key(7), count: 64 });
    const pixels = drawn.columns["image"]!.data as Uint8Array;
    const sums = [0, 0];
    pixels.forEach((value, i) => (sums[i % 4 < 2 ? 0 : 1]! += value));
    expect(sums[brighter]!).toBeGreaterThan(sums[1 - brighter]!);
  }
});
