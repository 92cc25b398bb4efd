export { checks, type ChecksOptions } from "./checks.js";
export { describeConformance, type Runner } from "./describe-conformance.js";
export { outcomeOf } from "./expected.js";
export { withMetadata } from "./model-files/corrupt.js";
export { describeModelFiles, type ModelFiles } from "./model-files/describe-model-files.js";
export { guardedLoad } from "./model-files/guarded-load.js";
export { errorRate, sampleSize } from "./numbers/dkwm.js";
export { runChecks } from "./run-checks.js";
export type { Check, Level, Outcome, Result } from "./types.js";
