import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { autoencoder } from "./index.js";

beforeAll(() => useBackend("wasm"));

describeConformance(autoencoder, { describe, it, level: "full" });

const { manifest } = autoencoder;
const model = { network: "convolutional", latent: 4, channels: 4, layers: 2, loss: "crossEntropy" };
describe("on images, by convolutions", () => {
  describeConformance(
    {
      ...autoencoder,
      manifest: { ...manifest, data: manifest.data.slice(0, 1), presets: { small: { model } } },
    },
    { describe, it, level: "full" },
  );
});
