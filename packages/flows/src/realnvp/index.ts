import {
  definePlugin,
  dequantise,
  logit,
  pipe,
  standardise,
  xFields,
  type Dataset,
  type Encoding,
} from "@gen/core";
import { manifest } from "./manifest.js";
import { realNvp } from "./model.js";
import { trainer } from "./trainer.js";

/** RealNVP as a plugin. */
export const realnvp = definePlugin({
  manifest,
  encoding: encodingOf,
  build: ({ spec, config, key, saved }) => realNvp(spec, config, key, saved),
  trainer,
});

/** Images of grey levels are made continuous and spread over the whole line; numbers are standardised. */
async function encodingOf(data: Dataset): Promise<Encoding> {
  const { spec } = data;
  const isGrey = Object.values(xFields(spec)).some(({ type }) => type === "category");
  if (spec.kind !== "images" || !isGrey) return standardise(data);
  const continuous = dequantise(spec);
  return pipe(continuous, logit(continuous.to));
}

export default realnvp;
export { manifest } from "./manifest.js";
export { realNvp } from "./model.js";
export { type RealNvpConfig } from "./plan.js";
export { trainer } from "./trainer.js";
