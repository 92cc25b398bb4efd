import { definePlugin, InputError, scaleLevels, xFields, type DataSpec } from "@gen/core";
import { trainer } from "./trainer.js";
import { manifest } from "./manifest.js";
import { dcganOf } from "./model.js";

/** Generative adversarial networks of convolutions as a plugin. */
export const dcgan = definePlugin({
  manifest,
  encoding: ({ spec }) => scaleLevels(levels(spec), { to: [-1, 1] }),
  build: ({ spec, config, key, saved }) => dcganOf(spec, config, key, saved),
  trainer,
});

/** The specification itself. @throws InputError for images whose pixels are no levels of brightness. */
function levels(spec: DataSpec): DataSpec {
  for (const [name, field] of Object.entries(xFields(spec)))
    if (field.type !== "category")
      throw new InputError(
        `The pixels of "${name}" are no levels of brightness (a category field, 256 levels for 8 bits): convert them first.`,
      );
  return spec;
}

export default dcgan;
export { manifest } from "./manifest.js";
export { Gan } from "../model.js";
export { trainer, type GanTraining } from "./trainer.js";
