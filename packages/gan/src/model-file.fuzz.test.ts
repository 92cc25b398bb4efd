import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { gan } from "./index.js";
import { pointData } from "./testing/data.js";
import { train } from "./testing/train.js";

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const { model } = await train(pointData(64), 2);
  file = await save(model);
});

describeModelFiles({ title: "gan", file: () => file, plugins: [gan] }, { describe, it });

test.each([
  [8192, 1],
  [2880, 2],
  [1090, 8],
  [5700, 2],
  [8192, 8],
])("a file that asks for %d hidden units in %d layers is refused soon", async (hidden, layers) => {
  const bytes = withMetadata(file, (items) => {
    items.set("config", JSON.stringify({ latent: 2, hidden, layers, normalisation: "none" }));
  });
  expect(await guardedLoad(bytes, [gan])).toMatch(/saved|parameters/);
});
