import {
  bitsPerDimension,
  dequantise,
  encoded,
  Independent,
  key,
  pipe,
  rows,
  scale,
  score,
  tuple,
  Uniform,
  type DataSpec,
  type Encoding,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { uniforms64 } from "@gen/core/random";
import { tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Architecture } from "./architecture.js";
import { FlowModel } from "./flow-model.js";
import { images } from "./layout.js";

beforeAll(() => useBackend("cpu"));

const shape = [4, 4, 1];
const spec = (levels: number): DataSpec => ({
  kind: "images",
  fields: { x: { type: "category", shape, levels, ordered: true } },
});

/** The identity on noise that is uniform on [low, low + 1]. */
function uniform(low: number): Architecture {
  const edge = tensor(new Float32Array(16).fill(low), [1, 4, 4]);
  const base = new Independent(new Uniform({ low: edge, high: low + 1 }), 3);
  return {
    base: tuple(base),
    variables: {},
    steps: () => [],
    dispose: () => edge.dispose(),
  };
}

const bits = async (encoding: Encoding, levels: number, low: number): Promise<number> => {
  using model = new FlowModel({ spec: encoding.to, layout: images(encoding.to), architecture: uniform(low) });
  const data = Int32Array.from(uniforms64(key(3), 16 * 20), (u) => Math.floor(levels * u));
  const found = await score(encoded(model, encoding), rows({ x: { data, shape } }), {
    key: key(4),
    samples: 2,
  });
  if (found.kind !== "bound") expect.fail(found.kind);
  return bitsPerDimension(found);
};

test.each([256, 32, 2])("a uniform flow gives images of %d levels that many levels' bits", async (levels) => {
  const exact = Math.log2(levels);
  const continuous = dequantise(spec(levels));
  expect(await bits(continuous, levels, 0)).toBeCloseTo(exact, 5);
  const shifted = pipe(continuous, scale(continuous.to, { from: [0, 1], to: [-0.5, 0.5] }));
  expect(await bits(shifted, levels, -0.5)).toBeCloseTo(exact, 5);
});

test("another scale of the model's space changes the bits by its logarithm, and only that", async () => {
  // On half of the interval the flow's density is 1 instead of 2: one bit for each pixel is lost.
  const continuous = dequantise(spec(256));
  const halved = pipe(continuous, scale(continuous.to, { from: [0, 1], to: [0, 0.5] }));
  expect(await bits(halved, 256, 0)).toBeCloseTo(9, 5);
});
