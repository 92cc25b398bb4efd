import {
  binarise,
  definePlugin,
  dequantise,
  identity,
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
  build: ({ spec, config, key }) => new Vae(spec, config, key),
  trainer,
});

/** Grey levels are binarised at random or made continuous; numbers are standardised. */
async function encodingOf(data: Dataset, likelihood: "bernoulli" | "gaussian"): Promise<Encoding> {
  const grey = Object.values(xFields(data.spec)).some(
    (field) => field.type === "category" && field.ordered === true && field.levels > 2,
  );
  if (grey) return likelihood === "bernoulli" ? binarise(data.spec) : dequantise(data.spec);
  const numbers = Object.values(xFields(data.spec)).some((field) => field.type === "real");
  return numbers ? standardise(data) : identity(data.spec);
}

export default vae;
export { manifest } from "./manifest.js";
export { Vae, type VaeConfig } from "./model.js";
export { trainer, type VaeTraining } from "./trainer.js";
