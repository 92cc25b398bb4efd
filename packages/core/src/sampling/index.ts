export { ancestral, type AncestralSettings } from "./ancestral.js";
export { ancestralArray } from "./ancestral-array.js";
export { jointly, type JointSettings } from "./jointly.js";
export { labelFirst, type LabelFirstSettings } from "./label-first.js";
export { fromLatent, latentRows } from "./latent.js";
export { ancestralOptions, latentOptions, symbolOptions } from "./options.js";
export { sample, trace, type Samples, type TraceOptions } from "./run.js";
export type * from "./types.js";
export { warp, type Warp } from "./warp.js";
