import { key, rows, validate } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { env } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compiledGap } from "../testing/compiled-gap.js";
import { images, labelledImages, realSpec } from "../testing/data.js";
import { train } from "../testing/train.js";
import { glow, glowModel, manifest } from "./index.js";

beforeAll(() => useBackend("onnx"));
afterAll(() => {
  env().set("ONNX_COMPILED", true);
});

it.each([
  ["images", images],
  ["labelled images", labelledImages],
])("trains on %s compiled as it does operation by operation", async (_, data) => {
  const runs: number[][] = [];
  for (const compiles of [true, false]) {
    env().set("ONNX_COMPILED", compiles);
    const { model, losses, events } = await train(glow, data(64), {
      steps: 8,
      config: { scales: 2, steps: 2, hidden: 8 },
      batch: 16,
    });
    expect(events.filter(({ type }) => type === "diagnosis")).toEqual([]);
    runs.push(losses);
    model[Symbol.dispose]();
  }
  runs[0]!.forEach((loss, i) => {
    expect(Math.abs(loss / runs[1]![i]! - 1)).toBeLessThan(1e-3);
  });
});

it("trains 40 steps on padded digits' size compiled as it does operation by operation", async () => {
  const [count, shape] = [4, [32, 32, 1]];
  const size = 32 * 32;
  const batchOf = (step: number) => {
    const data = Float64Array.from({ length: count * size }, (_, i) => {
      const at = count * size * (step % 16) + i;
      return 0.45 * Math.sin(0.013 * at * (1 + (at % 7)));
    });
    return rows({ x: { data, shape } });
  };
  const make = () => glowModel(realSpec(shape), validate(manifest.model, {}, "glow"), key(1));
  expect(await compiledGap(make, { steps: 40, batchOf, chaotic: true })).toBeLessThan(1e-4);
}, 120_000);
