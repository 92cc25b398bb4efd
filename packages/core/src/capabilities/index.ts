export { encoded } from "./border.js";
export { capabilityNames, membersOf } from "./members.js";
export { demand, has } from "./has.js";
export { interpolate } from "./interpolate.js";
export { classifier, classify, posterior } from "./posterior.js";
export { predictor, type Prediction } from "./predictor.js";
export { reconstruction } from "./reconstruction.js";
export { bitsPerDimension, score, type Score } from "./score.js";
export type * from "./types.js";
