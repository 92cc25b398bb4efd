import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { diffusion } from "./index.js";
import { pointData } from "./testing/data.js";
import { train } from "./testing/train.js";

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const { model } = await train(pointData(32), 2);
  file = await save(model);
});

describeModelFiles({ title: "diffusion", file: () => file, plugins: [diffusion] }, { describe, it });

test.each([
  { hidden: 8192, blocks: 1 },
  { hidden: 2000, blocks: 5 },
  { hidden: 17, blocks: 1 },
  { hidden: 16, blocks: 16 },
])("a file that asks for %j is refused soon", async (asked) => {
  const bytes = withMetadata(file, (items) => {
    items.set("config", JSON.stringify({ ...(JSON.parse(items.get("config")!) as object), ...asked }));
  });
  expect(await guardedLoad(bytes, [diffusion])).toMatch(/the file holds|parameters/);
});
