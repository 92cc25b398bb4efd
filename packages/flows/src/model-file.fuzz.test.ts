import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { glow, realnvp } from "./index.js";
import { labelledImages, labelledMoons } from "./testing/data.js";
import { train } from "./testing/train.js";

const plugins = [realnvp, glow];

const files: Record<string, Uint8Array> = {};
beforeAll(async () => {
  await useBackend("cpu");
  const [few, batch] = [{ steps: 1, batch: 8 }, 32];
  const points = await train(realnvp, labelledMoons(batch), { ...few, config: { couplings: 2, hidden: 4 } });
  files["realnvp"] = await save(points.model);
  const images = await train(glow, labelledImages(batch), { ...few, config: { steps: 1, hidden: 4 } });
  files["glow"] = await save(images.model);
});

for (const title of ["realnvp", "glow"])
  describeModelFiles({ title, file: () => files[title]!, plugins }, { describe, it });

test.each([
  ["realnvp", { couplings: 64, hidden: 4096, scales: 1 }],
  ["realnvp", { couplings: 2, hidden: 5, scales: 1 }],
  ["glow", { scales: 2, steps: 64, hidden: 4096 }],
  ["glow", { scales: 2, steps: 1, hidden: 5 }],
])("a file of %s that asks for %o is refused soon", async (id, config) => {
  const bytes = withMetadata(files[id]!, (items) => {
    items.set("config", JSON.stringify(config));
  });
  expect(await guardedLoad(bytes, plugins)).toMatch(/parameters/);
});
