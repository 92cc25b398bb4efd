export { ancestral, type AncestralSettings } from "./ancestral.js";
export { denoising, type DenoisingSettings, type Noisy } from "./denoising.js";
export { jointly, type JointSettings } from "./jointly.js";
export { fromLatent, latentRows } from "./latent.js";
export { ancestralOptions, latentOptions } from "./options.js";
export { pushforward } from "./pushforward.js";
export { sample, trace, type Samples, type TraceOptions } from "./run.js";
export type * from "./types.js";
export { warp, type Warp } from "./warp.js";
