import * as across from "./across/index.js";
import type { Capability, CapabilityDefinition } from "./types.js";

/** How each of core's capabilities crosses the border to the data's units. */
export const crossings: { readonly [K in Capability]?: NonNullable<CapabilityDefinition<K>["across"]> } = {
  sample: across.sample,
  density: across.density,
  bound: across.bound,
  latent: across.latent,
  codec: across.codec,
  features: across.features,
  implicit: across.implicit,
  joint: across.joint,
  classifier: across.classifier,
  conditional: across.conditional,
  autoregressive: across.autoregressive,
  flow: across.flow,
  sequence: across.sequence,
};
