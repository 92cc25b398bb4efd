import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { key, save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { crf } from "./crf/index.js";
import { logisticRegression } from "./logistic-regression/index.js";
import { tagged } from "./testing/poems.js";
import { table } from "./testing/tables.js";
import { train } from "./testing/train.js";

const plugins = [logisticRegression, crf];
const files: Record<string, Uint8Array> = {};
beforeAll(async () => {
  await useBackend("cpu");
  const few = { steps: 3, batch: 16 };
  files["logistic regression"] = await save((await train(logisticRegression, table(key(1), 30), few)).model);
  files["crf"] = await save((await train(crf, tagged(key(1), 20), few)).model);
});

for (const title of ["logistic regression", "crf"])
  describeModelFiles({ title, file: () => files[title]!, plugins }, { describe, it });

test.each([
  ["logistic regression", '"levels":3', '"levels":300000000'],
  ["logistic regression", '"levels":3', '"levels":4'],
  ["crf", '"levels":3', '"levels":3000000'],
  ["crf", '"levels":3', '"levels":4'],
])("a file of %s that asks for %s instead of %s is refused soon", async (title, from, to) => {
  const bytes = withMetadata(files[title]!, (items) => {
    for (const [name, text] of items)
      items.set(name, text.replaceAll(from, to).replaceAll(/,"names":\[[^\]]*\]/g, ""));
  });
  expect(await guardedLoad(bytes, plugins)).toMatch(/parameters|weights|saved/);
});
