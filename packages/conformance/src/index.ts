export { checks, type ChecksOptions } from "./checks.js";
export { describeConformance, type Runner } from "./describe-conformance.js";
export { outcomeOf } from "./expected.js";
export { errorRate, sampleSize } from "./numbers/dkwm.js";
export { runChecks } from "./run-checks.js";
export type { Check, Level, Outcome, Result } from "./types.js";
