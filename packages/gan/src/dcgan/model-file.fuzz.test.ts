import { describeModelFiles } from "@gen/conformance";
import { instantiate, key, save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { imageData } from "../testing/data.js";
import { dcgan } from "./index.js";

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const config = { latent: 2, channels: 2, stages: 1 };
  using model = await instantiate(dcgan, { data: imageData(32), config, key: key(1) });
  file = await save(model);
});

describeModelFiles({ title: "dcgan", file: () => file, plugins: [dcgan] }, { describe, it });
