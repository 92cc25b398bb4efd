import { characters, definePlugin } from "@gen/core";
import { manifest } from "./manifest.js";
import { Gpt } from "./model.js";
import { trainer } from "./trainer.js";

/** GPT language models as a plugin. */
export const gpt = definePlugin({
  manifest,
  encoding: (data) => characters(data),
  build: ({ spec, config, key, saved }) => new Gpt(spec, config, key, saved),
  trainer,
});

export default gpt;
export { fromHuggingFace, type HuggingFaceFiles } from "./hugging-face.js";
export { lineLogProbs, nextLogProbs } from "./log-prob.js";
export { manifest } from "./manifest.js";
export { Gpt, type GptConfig } from "./model.js";
export { Text, type TextOptions } from "./text.js";
export { overTokens, type TokenOptions } from "./tokens.js";
export { trainer, type GptTraining } from "./trainer.js";
export { Transformer, type TransformerOptions } from "./transformer.js";
