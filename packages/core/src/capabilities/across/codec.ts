import type { Encoding } from "../../data/types.js";
import type { Codec, Features, Implicit } from "../types.js";
import { decoded, encodeRows } from "./encode.js";

export const codec = (model: Codec, encoding: Encoding): Codec => ({
  codes: model.codes,
  compress: (x) => model.compress(encodeRows(encoding, x)),
  reconstruct: (z) => decoded(encoding, () => model.reconstruct(z)),
});

export const features = (model: Features, encoding: Encoding): Features => ({
  features: (x) => model.features(encodeRows(encoding, x)),
});

export const implicit = (model: Implicit, encoding: Encoding): Implicit => ({
  get noise() {
    return model.noise;
  },
  generate: (z) => decoded(encoding, () => model.generate(z)),
});
