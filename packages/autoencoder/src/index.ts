import {
  chunks,
  definePlugin,
  identity,
  InputError,
  isNumeric,
  scaleLevels,
  standardise,
  xFields,
  type Dataset,
  type Encoding,
} from "@gen/core";
import { checkData } from "./fields.js";
import { manifest } from "./manifest.js";
import { Autoencoder, type AutoencoderConfig } from "./model.js";
import { trainer } from "./trainer.js";

/** Autoencoders as a plugin. */
export const autoencoder = definePlugin({
  manifest,
  encoding: (data, { loss }) => encodingOf(data, loss),
  build: ({ spec, config, key, saved }) => new Autoencoder(spec, config, key, saved),
  trainer,
});

/** Levels of images become numbers from 0 to 1; other numbers are standardised. */
async function encodingOf(data: Dataset, loss: AutoencoderConfig["loss"]): Promise<Encoding> {
  const { spec } = data;
  checkData(spec);
  const fields = Object.values(xFields(spec));
  if (fields.every(({ type }) => type === "category")) return scaleLevels(spec);
  if (loss === "squaredError") return standardise(data);
  await checkShares(data);
  return identity(spec);
}

/** Cross-entropy is between probabilities. Throws `InputError` naming a number that is none. */
async function checkShares(data: Dataset): Promise<void> {
  for await (const { columns } of chunks(data)) {
    for (const name of Object.keys(xFields(data.spec))) {
      const values = columns[name]!.data;
      const other = isNumeric(values) ? values.find((value) => !(value >= 0 && value <= 1)) : undefined;
      if (other !== undefined)
        throw new InputError(
          `Cross-entropy takes numbers from 0 to 1, and the column "${name}" has ${other}: use the loss "squaredError".`,
        );
    }
  }
}

export default autoencoder;
export { manifest } from "./manifest.js";
export { Autoencoder, type AutoencoderConfig } from "./model.js";
export { trainer, type AutoencoderTraining } from "./trainer.js";
