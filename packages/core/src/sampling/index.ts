export { ancestral, type AncestralSettings } from "./ancestral.js";
export { ancestralArray } from "./ancestral-array.js";
export { jointly, type JointSettings } from "./jointly.js";
export { labelFirst, type LabelFirstSettings } from "./label-first.js";
export { fromLatent, latentRows } from "./latent.js";
<<<<<<< ours
export { ancestralOptions, latentOptions } from "./options.js";
export { pushforward } from "./pushforward.js";
=======
export { ancestralOptions, latentOptions, symbolOptions } from "./options.js";
>>>>>>> theirs
export { sample, trace, type Samples, type TraceOptions } from "./run.js";
export type * from "./types.js";
export { warp, type Warp } from "./warp.js";
