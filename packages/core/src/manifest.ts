// Everything that a manifest needs, with no TensorFlow.js behind it.
export { InputError, isInputError, MissingCapabilityError } from "./errors.js";
export { defineManifest } from "./plugin/define-manifest.js";
export type { Of, Property, Schema } from "./plugin/schema.js";
export type { Manifest, Text } from "./plugin/types.js";
export { ancestralOptions, latentOptions, symbolOptions, transportOptions } from "./sampling/options.js";
export { averageSetting, learningRateSetting } from "./training/settings.js";
