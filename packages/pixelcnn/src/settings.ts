/** Settings that both families have, as plain data for their manifests. */
export const likelihoodSettings = {
  likelihood: {
    type: "string",
    enum: ["softmax", "logistic"],
    default: "softmax",
    title: { en: "Pixel likelihood", zh: "像素似然" },
    help: {
      en: "Of grey levels: softmax gives each a probability of its own, logistic a mixture of smooth bumps. Black and white pixels are Bernoulli.",
      zh: "灰度像素：softmax 给每个灰度单独的概率，logistic 用平滑的混合分布。黑白像素用伯努利分布。",
    },
  },
  components: {
    type: "integer",
    default: 5,
    minimum: 1,
    maximum: 100,
    title: { en: "Logistic components", zh: "逻辑斯蒂分量数" },
    help: { en: "Bumps in the mixture of logistics.", zh: "逻辑斯蒂混合分布的分量数。" },
  },
} as const;
