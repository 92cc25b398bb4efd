import {
  binarise,
  definePlugin,
  dequantise,
  identity,
  isOrdered,
  standardise,
  xFields,
  type Dataset,
  type Encoding,
} from "@gen/core";
import { manifest } from "./manifest.js";
import { Vae } from "./model.js";
import { trainer } from "./trainer.js";

/** Variational auto-encoders as a plugin. */
export const vae = definePlugin({
  manifest,
  encoding: (data, { likelihood }) => encodingOf(data, likelihood),
  build: ({ spec, config, key, saved }) => new Vae(spec, config, key, saved),
  trainer,
});

/** Images of grey levels are binarised at random or made continuous; columns of numbers are standardised. */
async function encodingOf(data: Dataset, likelihood: "bernoulli" | "gaussian"): Promise<Encoding> {
  const { spec } = data;
  const fields = Object.values(xFields(spec));
  const grey = fields.some(
    (field) => field.type === "category" && field.levels > 2 && isOrdered(spec, field),
  );
  if (spec.kind === "images" && grey) return likelihood === "bernoulli" ? binarise(spec) : dequantise(spec);
  return fields.some(({ type }) => type === "real") ? standardise(data) : identity(spec);
}

export default vae;
export { manifest } from "./manifest.js";
export { Vae, type VaeConfig } from "./model.js";
export { trainer, type VaeTraining } from "./trainer.js";
