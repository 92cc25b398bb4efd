import { definePlugin } from "@gen/core";
import { heaviest } from "./heaviest.js";
import { manifest } from "./manifest.js";
import { Crf } from "./model.js";
import { trainer } from "./trainer.js";

/** Linear-chain conditional random fields as a plugin. */
export const crf = definePlugin({
  manifest,
  build: ({ spec, config, saved }) => new Crf(spec, config, saved),
  trainer,
  *inspect(model: Crf) {
    yield { view: "trellis", value: { transition: model.weights.transitions.slice(), states: model.tags } };
    const rows = heaviest(model, 50).map(({ attribute, tag, weight }) => [attribute, tag, weight]);
    yield { view: "table", value: { columns: ["attribute", "tag", "weight"], rows } };
  },
});

export default crf;
export { decode, type DecodeOptions, type Decoded } from "./decode.js";
export { manifest } from "./manifest.js";
export { Crf, type CrfConfig } from "./model.js";
export { trainer, type CrfTraining } from "./trainer.js";
