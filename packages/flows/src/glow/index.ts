import {
  definePlugin,
  dequantise,
  pipe,
  scale,
  standardise,
  xFields,
  type Dataset,
  type Encoding,
} from "@gen/core";
import { manifest } from "./manifest.js";
import { glowModel } from "./model.js";
import { trainer } from "./trainer.js";

/** Glow as a plugin. */
export const glow = definePlugin({
  manifest,
  encoding: encodingOf,
  build: ({ spec, config, key, saved }) => glowModel(spec, config, key, saved),
  trainer,
});

/** Grey levels are made continuous, on [-1/2, 1/2); real pixels are standardised. */
async function encodingOf(data: Dataset): Promise<Encoding> {
  const { spec } = data;
  if (!Object.values(xFields(spec)).some(({ type }) => type === "category")) return standardise(data);
  const continuous = dequantise(spec);
  return pipe(continuous, scale(continuous.to, { from: [0, 1], to: [-0.5, 0.5] }));
}

export default glow;
export { manifest } from "./manifest.js";
export { glowModel } from "./model.js";
export { type GlowConfig } from "./plan.js";
export { trainer } from "./trainer.js";
