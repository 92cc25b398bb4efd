import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { made, pixelcnn } from "./index.js";
import { imageData } from "./testing/data.js";
import { trained } from "./testing/training.js";

const families = {
  made: { plugin: made, config: { hidden: 6 } },
  pixelcnn: { plugin: pixelcnn, config: { channels: 2, blocks: 1 } },
} as const;
type Family = keyof typeof families;

const written = {} as Record<Family, Uint8Array>;
beforeAll(async () => {
  await useBackend("cpu");
  const data = imageData(32, { levels: 3, classes: ["a", "b"] });
  for (const name of ["made", "pixelcnn"] as const)
    written[name] = await save((await trained({ ...families[name], data, steps: 2 })).model);
});

for (const family of ["made", "pixelcnn"] as const)
  describeModelFiles(
    { title: family, file: () => written[family], plugins: [families[family].plugin], runs: 200 },
    { describe, it },
  );

test.each([
  ["made", { hidden: 8192, layers: 8 }],
  ["made", { hidden: 8192, layers: 1 }],
  ["pixelcnn", { channels: 1024, blocks: 64 }],
  ["pixelcnn", { channels: 512, blocks: 1 }],
] as const)("a file of %s that asks for %j is refused soon", async (family, asked) => {
  const bytes = withMetadata(written[family], (items) => {
    const config = JSON.parse(items.get("config")!) as object;
    items.set("config", JSON.stringify({ ...config, ...asked }));
  });
  expect(await guardedLoad(bytes, [families[family].plugin])).toMatch(/the file holds/);
});
