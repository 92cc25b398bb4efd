import { defineManifest } from "@gen/core/manifest";
import { memory, tolerance } from "../manifest-parts.js";

export const manifest = defineManifest({
  id: "crf",
  version: "0.0.0",
  title: { en: "Conditional random field", zh: "条件随机场" },
  summary: {
    en: "Tags every element of a sequence by the symbols around it and the tags beside it: the discriminative twin of the hidden Markov model.",
    zh: "根据周围的符号和相邻的标签为序列的每个元素打标签：隐马尔可夫模型的判别式对应模型。",
  },
  capabilities: ["sequence", "conditional"],
  data: [{ kind: "sequences", y: "required", weights: true, gaps: true }],
  model: {
    templates: {
      type: "string",
      default: "bias -2 -1 0 1 2 -1|0 0|1",
      title: { en: "Templates of features", zh: "特征模板" },
      help: {
        en: "What of the symbols around is looked at: offsets, combined by |; field[0] where there are several fields.",
        zh: "考察周围哪些符号：偏移量，用 | 组合；有多个字段时写作 字段[0]。",
      },
    },
  },
  training: {
    method: {
      type: "string",
      enum: ["likelihood", "perceptron"],
      default: "likelihood",
      title: { en: "Method", zh: "训练方法" },
      help: {
        en: "Likelihood: to its one optimum, by L-BFGS or OWL-QN; perceptron: averaged, quicker; its probabilities are not fitted.",
        zh: "likelihood：用 L-BFGS 或 OWL-QN 求唯一最优；perceptron：平均感知机，更快，但概率未经拟合。",
      },
    },
    c1: {
      type: "number",
      default: 0,
      minimum: 0,
      maximum: 1e6,
      title: { en: "L1", zh: "L1 系数" },
      help: {
        en: "What absolute values of weights cost; above 0 many weights stay 0.",
        zh: "权重绝对值的代价；大于 0 时许多权重保持为 0。",
      },
    },
    c2: {
      type: "number",
      default: 1,
      minimum: 0,
      maximum: 1e6,
      title: { en: "L2", zh: "L2 系数" },
      help: { en: "What squares of weights cost.", zh: "权重平方的代价。" },
    },
    minimumCount: {
      type: "integer",
      default: 1,
      minimum: 1,
      maximum: 1_000_000,
      title: { en: "Minimum count", zh: "最低频次" },
      help: {
        en: "Attributes seen less often are left out.",
        zh: "出现次数低于该值的属性被忽略。",
      },
    },
    allStates: {
      type: "boolean",
      default: false,
      title: { en: "All states", zh: "所有状态特征" },
      help: {
        en: "Weights for every tag with every attribute, not only for pairs that were seen.",
        zh: "为每个标签与每个属性的组合设权重，而不仅是出现过的组合。",
      },
    },
    allTransitions: {
      type: "boolean",
      default: false,
      title: { en: "All transitions", zh: "所有转移特征" },
      help: {
        en: "Weights for every tag after every other, not only for pairs that were seen.",
        zh: "为每个标签转移设权重，而不仅是出现过的转移。",
      },
    },
    tolerance,
    memory,
  },
  sampling: {},
  budget: { steps: 150, batch: 256 },
  presets: { perceptron: { training: { method: "perceptron" } } },
  references: [
    "Conditional random fields: probabilistic models for segmenting and labeling sequence data, Lafferty, McCallum & Pereira, 2001",
    "Shallow parsing with conditional random fields, Sha & Pereira, 2003",
    "Scalable training of L1-regularized log-linear models, Andrew & Gao, 2007",
    "Discriminative training methods for hidden Markov models: theory and experiments with perceptron algorithms, Collins, 2002",
  ],
});
