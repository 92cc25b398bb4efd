import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { autoencoder } from "./index.js";
import { columns } from "./testing/data.js";
import { train } from "./testing/train.js";

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const { model } = await train(columns(32), 2);
  file = await save(model);
});

describeModelFiles({ title: "autoencoder", file: () => file, plugins: [autoencoder] }, { describe, it });

test.each([{ hidden: 8192, layers: 1 }, { hidden: 8192, layers: 8 }, { hidden: 17 }, { latent: 1000 }])(
  "a file that asks for %j is refused soon",
  async (asked) => {
    const bytes = withMetadata(file, (items) => {
      const config = JSON.parse(items.get("config")!) as object;
      items.set("config", JSON.stringify({ ...config, ...asked }));
    });
    expect(await guardedLoad(bytes, [autoencoder])).toMatch(/the file holds|parameters|saved array/);
  },
);
