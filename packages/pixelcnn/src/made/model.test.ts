import { key, readSync, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { allImages, imageSpec } from "../testing/data.js";
import { families } from "../testing/models.js";
import { parameterCount } from "../testing/parameters.js";
import { madeModel } from "./model.js";

beforeAll(() => useBackend("cpu"));

const config = { hidden: 5, layers: 3, likelihood: "logistic", components: 4 } as const;

it.each<[string, DataSpec]>([
  ["binary", imageSpec({ shape: [4, 4] })],
  ["grey", imageSpec({ shape: [4, 5, 1], levels: 256 })],
  ["labelled", imageSpec({ shape: [4, 4, 1], classes: ["a", "b", "c"] })],
])("knows how many parameters it will have: %s", (_, spec) => {
  const count = parameterCount(madeModel(spec, config, key(1)));
  expect(() => madeModel(spec, config, key(1), count)).not.toThrow();
  expect(() => madeModel(spec, config, key(1), count - 1)).toThrow(
    `has ${count} parameters, but the file holds ${count - 1}`,
  );
});

it("takes images of any shape, the channels of a pixel one after another", () => {
  for (const shape of [[1, 3, 3], [9], [3, 3]]) {
    const logProb = readSync(families.made(imageSpec({ shape })).logProb(allImages(9, shape)));
    const total = logProb.reduce((sum, value) => sum + Math.exp(value), 0);
    expect(Math.abs(total - 1)).toBeLessThan(1e-5);
  }
});

it("says how to make a network smaller", () => {
  const large = { ...config, hidden: 4096, likelihood: "softmax" } as const;
  const spec = imageSpec({ shape: [28, 28, 1], levels: 256 });
  expect(() => madeModel(spec, large, key(1))).toThrow(
    /use a smaller network or images, .*likelihood logistic/,
  );
});
