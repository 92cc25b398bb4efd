export { adversarial, type AdversarialOptions } from "./adversarial.js";
export { averaged, averageDecay, type AveragedOptions } from "./averaged.js";
export { CompiledFunction } from "./compiled-function.js";
export { diverged, hasDiverged } from "./diverged.js";
export { fit, type FitOptions } from "./fit.js";
export { gradient, type GradientOptions } from "./gradient.js";
export { statistics, type Statistics } from "./statistics.js";
export { disposeVariables, restoreVariables, variablesState } from "./variables.js";
