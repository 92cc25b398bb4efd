export { ancestral, type AncestralSettings } from "./ancestral.js";
export { jointly, type JointSettings } from "./jointly.js";
export { fromLatent, latentRows } from "./latent.js";
export { ancestralOptions, latentOptions, transportOptions } from "./options.js";
export { pushforward } from "./pushforward.js";
export { sample, trace, type Samples, type TraceOptions } from "./run.js";
export { transport, type TransportSettings } from "./transport.js";
export type * from "./types.js";
export { warp, type Warp } from "./warp.js";
