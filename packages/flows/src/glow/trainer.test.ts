import { useBackend } from "@gen/core/backend";
import { env } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { images, labelledImages } from "../testing/data.js";
import { train } from "../testing/train.js";
import { glow } from "./index.js";

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
