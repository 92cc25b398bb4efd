import { InputError, key, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { imageSpec } from "../testing/data.js";
import { parameterCount } from "../testing/parameters.js";
import { pixelCnnModel } from "./model.js";

beforeAll(() => useBackend("cpu"));

const likelihood = { likelihood: "softmax", components: 5 } as const;
const config = { channels: 3, blocks: 2, ...likelihood };

it("has 116 609 parameters by default, on black and white images without labels", () => {
  const binary = imageSpec({ shape: [28, 28, 1] });
  expect(parameterCount(pixelCnnModel(binary, { channels: 32, blocks: 5, ...likelihood }, key(1)))).toBe(
    116_609,
  );
});

it.each<[string, DataSpec]>([
  ["binary", imageSpec({ shape: [4, 4] })],
  ["grey", imageSpec({ shape: [4, 5, 1], levels: 7 })],
  ["labelled", imageSpec({ shape: [4, 4, 1], classes: ["a", "b", "c"] })],
])("knows how many parameters it will have: %s", (_, spec) => {
  const count = parameterCount(pixelCnnModel(spec, config, key(1)));
  expect(() => pixelCnnModel(spec, config, key(1), count)).not.toThrow();
  expect(() => pixelCnnModel(spec, config, key(1), count - 1)).toThrow(
    `has ${count} parameters, but the file holds ${count - 1}`,
  );
});

describe("data that do not fit", () => {
  const image = { type: "category", shape: [3, 3, 1], levels: 2 };
  it.each([
    ["two columns of images", { a: image, b: image }, /one column of images; these data have: a, b/],
    ["real pixels", { a: { type: "real", shape: [3, 3, 1] } }, /"a" is real, and an image model takes whole/],
    ["images with gaps", { a: { ...image, optional: true } }, /must have one size and no gaps/],
    ["one level", { a: { ...image, levels: 1 } }, /have one level/],
    ["colours", { a: { ...image, shape: [3, 3, 3] } }, /one channel, and "a" has the shape \[3, 3, 3\]/],
    ["no images", { a: { ...image, shape: [] } }, /one channel, and "a" has the shape \[\]/],
    ["real labels", { a: image, y: { role: "y", type: "real", shape: [] } }, /"y" must be one of a few/],
    ["too many levels", { a: { ...image, levels: 2 ** 26 } }, /parameters, more than/],
  ])("are refused: %s", (_, fields, says) => {
    const before = memory().numTensors;
    const spec = { kind: "images", fields } as unknown as DataSpec;
    expect(() => pixelCnnModel(spec, config, key(1))).toThrow(InputError);
    expect(() => pixelCnnModel(spec, config, key(1))).toThrow(says);
    expect(memory().numTensors).toBe(before);
  });
});
