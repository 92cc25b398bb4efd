import { column, has, key, load, sample, save, score } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { imageData } from "../testing/data.js";
import { trained } from "../testing/training.js";
import plugin, { manifest, made } from "./index.js";

beforeAll(() => useBackend("wasm"));

const config = { hidden: 32 };

it("is the default export, with its manifest", () => {
  expect(plugin).toBe(made);
  expect(made.manifest).toBe(manifest);
});

it.each([2, 256])("learns, scores and draws images of %i levels", async (levels) => {
  const data = imageData(64, { shape: [4, 4, 1], levels });
  const { model, losses } = await trained({ plugin: made, data, steps: 60, config });
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
  const x = await data.take(Int32Array.of(0, 1, 2));
  const scored = await score(model, x, { key: key(1) });
  if (scored.kind !== "exact") expect.fail(scored.kind);
  expect(Array.from(scored.elements)).toEqual([16, 16, 16]);
  if (!has(model, "sample")) expect.fail("no samples");
  const pixels = column(await sample(model, { key: key(2), count: 3 }), "image").data as Int32Array;
  expect(pixels.every((level) => Number.isInteger(level) && level >= 0 && level < levels)).toBe(true);
});

it("writes a file that reads back as the same model", async () => {
  const data = imageData(32, { classes: ["a", "b", "c"] });
  const { model } = await trained({ plugin: made, data, steps: 2, config });
  const file = await save(model);
  expect(await save(await load(file, [made]))).toEqual(file);
});
