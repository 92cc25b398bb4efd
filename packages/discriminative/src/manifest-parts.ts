/** When a minimisation ends. */
export const tolerance = {
  type: "number",
  default: 1e-6,
  minimum: 0,
  maximum: 1,
  scale: "log",
  title: { en: "Tolerance", zh: "收敛阈值" },
  help: {
    en: "Stops when no derivative of the mean loss is larger; 0: as far as the numbers allow.",
    zh: "当平均损失的各个导数都不超过该值时停止；0 表示直到数值精度极限。",
  },
} as const;

export const memory = {
  type: "integer",
  default: 10,
  minimum: 1,
  maximum: 1000,
  title: { en: "Remembered steps", zh: "记忆步数" },
  help: {
    en: "Past steps from which the optimizer learns the objective's curvature.",
    zh: "优化器用来估计目标函数曲率的历史步数。",
  },
} as const;
