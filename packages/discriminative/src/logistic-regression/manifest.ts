import { defineManifest } from "@gen/core/manifest";
import { memory, tolerance } from "../manifest-parts.js";

export const manifest = defineManifest({
  id: "logistic-regression",
  version: "0.0.0",
  title: { en: "Logistic regression", zh: "逻辑回归" },
  summary: {
    en: "Class probabilities from a weighted sum of the columns: the discriminative twin of naive Bayes, fitted to its one optimum.",
    zh: "用各列的加权和给出类别概率：朴素贝叶斯的判别式对应模型，拟合到唯一的最优解。",
  },
  capabilities: ["classifier"],
  data: [
    { kind: "table", y: "required", weights: true },
    { kind: "points", y: "required", weights: true },
    { kind: "images", y: "required", weights: true },
    { kind: "codes", y: "required", weights: true },
  ],
  model: {
    standardise: {
      type: "boolean",
      default: false,
      title: { en: "Standardise", zh: "标准化" },
      help: {
        en: "Penalises weights as if numbers had deviation 1, so that units do not matter.",
        zh: "按标准差为 1 的数值列来惩罚权重，使结果与单位无关。",
      },
    },
    intercept: {
      type: "boolean",
      default: true,
      title: { en: "Intercept", zh: "截距" },
      help: {
        en: "A constant for each class, which is not penalised.",
        zh: "每个类别一个不受惩罚的常数项。",
      },
    },
  },
  training: {
    C: {
      type: "number",
      default: 1,
      minimum: 1e-12,
      maximum: 1e12,
      scale: "log",
      title: { en: "C", zh: "C（惩罚强度的倒数）" },
      help: {
        en: "The inverse of the penalty's strength: large values leave the weights free.",
        zh: "惩罚强度的倒数：值越大，权重越自由。",
      },
    },
    l1Ratio: {
      type: "number",
      default: 0,
      minimum: 0,
      maximum: 1,
      title: { en: "Share of L1", zh: "L1 占比" },
      help: {
        en: "0: squares of weights (L2); 1: absolute values (L1), which leaves many weights at 0; between: both.",
        zh: "0：平方惩罚（L2）；1：绝对值惩罚（L1，使许多权重为 0）；之间：两者混合。",
      },
    },
    classWeights: {
      type: "string",
      default: "",
      title: { en: "Weights of classes", zh: "类别权重" },
      help: {
        en: 'How much rows of a class count: "balanced", or a list such as "yes=2, no=0.5"; empty: all alike.',
        zh: "各类别行的权重：“balanced”，或“yes=2, no=0.5”这样的列表；留空则相同。",
      },
    },
    tolerance,
    memory,
  },
  sampling: {},
  budget: { steps: 200, batch: 4096 },
  references: [
    "The regression analysis of binary sequences, Cox, 1958",
    "On the limited memory BFGS method for large scale optimization, Liu & Nocedal, 1989",
    "Scalable training of L1-regularized log-linear models, Andrew & Gao, 2007",
    "On discriminative vs. generative classifiers, Ng & Jordan, 2001",
  ],
});
