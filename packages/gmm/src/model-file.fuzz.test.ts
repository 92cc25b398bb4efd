import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { gmm } from "./index.js";
import { irisLabelled } from "./testing/data.js";
import { train } from "./testing/train.js";

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const { model } = await train(irisLabelled, { config: { components: 2 }, steps: 3 });
  file = await save(model);
});

describeModelFiles({ title: "gmm", file: () => file, plugins: [gmm] }, { describe, it });

test.each([
  [1000, 72],
  [1000, 105],
  [1, 3300],
  [1000, 148],
  [1, 4700],
])("a file that asks for %d components over %d columns is refused soon", async (components, columns) => {
  const bytes = withMetadata(file, (items) => {
    for (const [name, text] of items) items.set(name, text.replaceAll("[4]", `[${columns}]`));
    items.set("config", JSON.stringify({ components, covariance: "full" }));
  });
  expect(await guardedLoad(bytes, [gmm])).toMatch(/saved|parameters/);
});
