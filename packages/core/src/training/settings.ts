/** Settings of training that many manifests share, as plain data. */

/** The step size of Adam and of its kin. */
export const learningRateSetting = {
  type: "number",
  default: 1e-3,
  minimum: 1e-6,
  maximum: 1,
  scale: "log",
  title: { en: "Learning rate", zh: "学习率" },
  help: { en: "Adam's step size.", zh: "Adam 的步长。" },
} as const;

/** The decay of the moving average of the parameters (`averaged`). */
export const averageSetting = {
  type: "number",
  default: 0,
  minimum: 0,
  maximum: 0.99999,
  title: { en: "Averaging", zh: "参数平均" },
  help: {
    en: "Decay of the parameters' moving average, which the model then holds, as 0.99; 0 keeps none.",
    zh: "模型所保存参数滑动平均的衰减率，如 0.99；0 表示不平均。",
  },
} as const;
