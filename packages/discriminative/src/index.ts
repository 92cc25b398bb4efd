export {
  Crf,
  crf,
  decode,
  type CrfConfig,
  type CrfTraining,
  type DecodeOptions,
  type Decoded,
} from "./crf/index.js";
export {
  LogisticRegression,
  logisticRegression,
  type LogisticConfig,
  type LogisticTraining,
} from "./logistic-regression/index.js";
export { crfFromHmm, type HmmNumbers } from "./twins/crf-from-hmm.js";
export {
  crossing,
  learningCurve,
  type Contestant,
  type CurvePoint,
  type LearningCurveOptions,
} from "./twins/learning-curve.js";
export { logisticFromJoint, type JointNumbers } from "./twins/logistic-from-joint.js";
