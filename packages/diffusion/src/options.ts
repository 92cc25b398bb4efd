export const samplerNames = ["dpm-solver++", "ddim", "ddpm", "euler", "heun"] as const;
export type SamplerName = (typeof samplerNames)[number];

const spacings = ["uniform", "karras"] as const;
export type Spacing = (typeof spacings)[number];

/** Options of a draw, as plain data for the manifest's `sampling`. */
export const denoisingOptions = {
  sampler: {
    type: "string",
    enum: samplerNames,
    default: "dpm-solver++",
    title: { en: "Sampler", zh: "采样器" },
    help: {
      en: "How a step is taken; ddpm draws fresh noise at every step, heun asks the network twice.",
      zh: "每一步的走法；ddpm 每步加入新噪声，heun 每步调用网络两次。",
    },
  },
  steps: {
    type: "integer",
    default: 50,
    minimum: 1,
    maximum: 10_000,
    scale: "log",
    title: { en: "Steps", zh: "步数" },
    help: {
      en: "Steps from noise to data; a model with fewer times takes as many steps as those that tell of the data.",
      zh: "从噪声到数据的步数；若模型中仍含数据信息的时间步更少，则以其数目为准。",
    },
  },
  spacing: {
    type: "string",
    enum: spacings,
    default: "uniform",
    title: { en: "Spacing", zh: "步距" },
    help: {
      en: "Steps of equal time, or closer together where there is little noise (karras).",
      zh: "等时间间隔，或在噪声小处更密（karras）。",
    },
  },
  eta: {
    type: "number",
    default: 0,
    minimum: 0,
    maximum: 1,
    title: { en: "Eta", zh: "随机性 η" },
    help: {
      en: "Fresh noise of ddim's steps: 0 none, 1 as much as ddpm's.",
      zh: "ddim 每步的新噪声：0 表示没有，1 与 ddpm 相同。",
    },
  },
  guidance: {
    type: "number",
    default: 1,
    minimum: 0,
    maximum: 20,
    title: { en: "Guidance", zh: "引导强度" },
    help: {
      en: "How strongly a label guides: 0 not at all, 1 as learned, more for clearer and less varied samples.",
      zh: "标签的引导强度：0 不引导，1 按所学，更大则样本更典型、更少变化。",
    },
  },
} as const;
