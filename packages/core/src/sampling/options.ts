/** Options of drawing a symbol, as plain data for the `sampling` of a manifest whose data have a fixed size. */
export const symbolOptions = {
  temperature: {
    type: "number",
    default: 1,
    minimum: 0,
    maximum: 5,
    title: { en: "Temperature", zh: "温度" },
    help: {
      en: "Below 1 likelier symbols, 0 always the likeliest.",
      zh: "小于 1 更保守，0 总取最可能的符号。",
    },
  },
  topK: {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: 1_000_000,
    title: { en: "Top k", zh: "前 k 个" },
    help: {
      en: "Draw from the k likeliest symbols only; 0: from all.",
      zh: "只从最可能的 k 个符号中抽取；0 表示全部。",
    },
  },
  topP: {
    type: "number",
    default: 1,
    minimum: 0,
    maximum: 1,
    title: { en: "Top p", zh: "核采样 p" },
    help: {
      en: "Draw from the smallest set of symbols whose probabilities reach p.",
      zh: "只从累计概率达到 p 的最小符号集合中抽取。",
    },
  },
} as const;

/** Options of ancestral sampling of lines, as plain data for a manifest's `sampling`. */
export const ancestralOptions = {
  ...symbolOptions,
  length: {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: 1_000_000,
    title: { en: "Length", zh: "长度" },
    help: {
      en: "At most so many symbols; 0: the model's own length.",
      zh: "最多生成的符号数；0 表示模型自己的长度。",
    },
  },
} as const;

/** Options of sampling through a latent variable, as plain data for a manifest's `sampling`. */
export const latentOptions = {
  temperature: {
    type: "number",
    default: 1,
    minimum: 0,
    maximum: 5,
    title: { en: "Temperature", zh: "温度" },
    help: { en: "Scales the prior's draws: 0 gives its centre.", zh: "缩放先验的抽样：0 表示取其中心。" },
  },
  mean: {
    type: "boolean",
    default: false,
    title: { en: "Show the mean", zh: "显示均值" },
    help: {
      en: "Gives the mean of p(x | z) instead of a draw from it.",
      zh: "给出 p(x | z) 的均值，而不是从中抽样。",
    },
  },
} as const;

/** Options of sampling by an invertible map, as plain data for a manifest's `sampling`. */
export const transportOptions = {
  temperature: {
    type: "number",
    default: 1,
    minimum: 0,
    maximum: 5,
    title: { en: "Temperature", zh: "温度" },
    help: {
      en: "Scales the base distribution's draws: 0 gives its centre.",
      zh: "缩放基础分布的抽样：0 表示取其中心。",
    },
  },
} as const;
