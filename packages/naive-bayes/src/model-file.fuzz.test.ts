import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { key, save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { complementNaiveBayes } from "./complement/index.js";
import { naiveBayes } from "./index.js";
import { mixedRows, mixedSpec } from "./testing/data.js";
import { train } from "./testing/train.js";

const plugins = [naiveBayes, complementNaiveBayes];
let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const { model } = await train(mixedSpec, mixedRows(key(1), 40));
  file = await save(model);
});

describeModelFiles({ title: "naive-bayes", file: () => file, plugins }, { describe, it });

test.each([
  ['"levels":3', '"levels":1000000000'],
  ['"shape":[2]', '"shape":[4000,4000]'],
  ['"minCategories":0', '"minCategories":1000000'],
])("a file that says %s as %s is refused soon", async (from, to) => {
  const bytes = withMetadata(file, (items) => {
    for (const [name, text] of items) items.set(name, text.replaceAll(from, to));
  });
  expect(await guardedLoad(bytes, plugins)).toMatch(/file holds|more than|no row can have|categor/);
});
