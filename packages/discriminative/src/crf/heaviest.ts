import type { Crf } from "./model.js";
import { attributeName } from "./templates.js";

/** The features of the largest weights in magnitude, in words, with their tags. */
export function heaviest(
  model: Crf,
  count: number,
): { readonly attribute: string; readonly tag: string; readonly weight: number }[] {
  const { offsets, tags, attributes } = model.features;
  const weights = model.weights.features;
  const places = new Int32Array(tags.length);
  attributes.forEach((_, place) => places.fill(place, offsets[place], offsets[place + 1]));
  return Array.from(weights.keys())
    .sort((a, b) => Math.abs(weights[b]!) - Math.abs(weights[a]!))
    .slice(0, count)
    .map((f) => ({
      attribute: attributeName(attributes[places[f]!]!, model.templates, model.fields),
      tag: model.tags[tags[f]!]!,
      weight: weights[f]!,
    }));
}
