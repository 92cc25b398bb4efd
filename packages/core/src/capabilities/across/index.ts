export { autoregressive } from "./autoregressive.js";
export { codec, features, implicit } from "./codec.js";
export { conditional } from "./conditional.js";
export { bound, density } from "./density.js";
export { flow } from "./flow.js";
export { classifier, joint } from "./joint.js";
export { latent } from "./latent.js";
export { sample } from "./sample.js";
export { sequence } from "./sequence.js";
