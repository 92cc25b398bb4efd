import { averageSetting, learningRateSetting } from "@gen/core/manifest";

/** Settings of training that all networks share, as plain data for manifests. */
export const trainingSettings = {
  loss: {
    type: "string",
    enum: ["non-saturating", "hinge", "wasserstein"],
    default: "non-saturating",
    title: { en: "Loss", zh: "损失" },
    help: {
      en: "Non-saturating: logistic, Goodfellow's; hinge: margins of 1; wasserstein: means, for a critic with a penalty or spectral normalisation.",
      zh: "non-saturating：Goodfellow 的逻辑损失；hinge：间隔为 1；wasserstein：均值之差，判别器需有惩罚项或谱归一化。",
    },
  },
  penalty: {
    type: "string",
    enum: ["none", "gradient", "r1"],
    default: "none",
    title: { en: "Critic's penalty", zh: "判别器的惩罚项" },
    help: {
      en: "Gradient: slopes of 1 between data and samples; r1: small slopes at the data.",
      zh: "gradient：真实数据与样本之间的梯度范数接近 1；r1：真实数据处的梯度要小。",
    },
  },
  penaltyWeight: {
    type: "number",
    default: 10,
    minimum: 0,
    maximum: 1e6,
    title: { en: "Penalty's weight", zh: "惩罚权重" },
    help: { en: "Times the penalty in the critic's loss.", zh: "惩罚项在判别器损失中的系数。" },
  },
  criticSteps: {
    type: "integer",
    default: 1,
    minimum: 1,
    maximum: 100,
    title: { en: "Critic's steps", zh: "判别器步数" },
    help: {
      en: "The generator takes one step after so many of the critic.",
      zh: "判别器每更新这么多步，生成器更新一步。",
    },
  },
  learningRate: {
    ...learningRateSetting,
    help: { en: "Adam's step size, of both networks.", zh: "两个网络的 Adam 步长。" },
  },
  beta1: {
    type: "number",
    default: 0.5,
    minimum: 0,
    maximum: 0.999,
    title: { en: "Momentum", zh: "动量" },
    help: { en: "Adam's β₁, of both networks.", zh: "两个网络的 Adam β₁。" },
  },
  average: {
    ...averageSetting,
    default: 0.999,
    help: {
      en: "Samples come from a moving average of the generator with this decay; 0: from the generator itself.",
      zh: "用生成器参数的滑动平均（以此为衰减系数）采样；0 表示直接用当前生成器。",
    },
  },
} as const;
