import { dataset, has, instantiate, key, rows, score, withoutLabels, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { diffusion } from "./index.js";
import { imageData, pointData, taken } from "./testing/data.js";
import { tiny, train } from "./testing/train.js";

beforeAll(() => useBackend("onnx"));

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

it("takes levels of images as they are, with a bound of their probability", async () => {
  const data = imageData(64, 4);
  const bounds: number[] = [];
  for (const steps of [0, 150]) {
    const { model } = await train(data, steps);
    expect(model.encoding.id).toBe("identity");
    const scored = await score(model, taken(data), { key: key(1), samples: 8 });
    if (scored.kind !== "bound") expect.fail(scored.kind);
    bounds.push(mean(scored.nats));
  }
  // Levels of a quarter of 256 on either side, the side being one bit.
  expect(bounds[1]).toBeLessThan(-16 * Math.log(64) - Math.log(2));
  expect(bounds[1]).toBeGreaterThan(bounds[0]! + 5);
});

it("standardises numbers, and bounds are in the data's units", async () => {
  const spec: DataSpec = { kind: "points", fields: { x: { type: "real", shape: [] } } };
  const x = Float64Array.from({ length: 100 }, (_, i) => 1000 + i);
  const bounds = await Promise.all(
    [x, x.map((value) => value / 1000)].map(async (values) => {
      const data = dataset(spec, rows({ x: values }));
      const { model } = await train(data, 5);
      expect(model.encoding.id).toBe("standardise");
      const scored = await score(model, taken(data), { key: key(1) });
      return scored.kind === "none" ? expect.fail(scored.reason) : scored.nats;
    }),
  );
  bounds[0]!.forEach((value, row) => expect(bounds[1]![row]! - value).toBeCloseTo(Math.log(1000), 2));
});

describe("what it can do", () => {
  it.each([
    ["labelled points", pointData(32), true],
    ["points", withoutLabels(pointData(32)), false],
    ["images", imageData(32, 4), false],
  ] as const)("with %s", async (_, data, conditional) => {
    const model = await instantiate(diffusion, { data, config: tiny, key: key(1) });
    expect(has(model, "bound", "denoise", "sample")).toBe(true);
    expect(has(model, "conditional")).toBe(conditional);
    expect(has(model, "density")).toBe(false);
    model[Symbol.dispose]();
  });
});
