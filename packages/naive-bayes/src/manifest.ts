import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "naive-bayes",
  version: "0.0.0",
  title: { en: "Naive Bayes", zh: "朴素贝叶斯" },
  summary: {
    en: "Classes whose columns are independent, each with a distribution of its own; learned by counting, in one pass.",
    zh: "假设各列在给定类别时相互独立，每列有自己的分布；只需计数，一遍即可学完。",
  },
  capabilities: ["joint", "density", "sample", "conditional"],
  data: [
    { kind: "table", y: "required", weights: true, gaps: true },
    { kind: "points", y: "required", weights: true, gaps: true },
    { kind: "images", y: "required", weights: true, gaps: true },
    { kind: "codes", y: "required", weights: true, gaps: true },
  ],
  model: {
    likelihood: {
      type: "string",
      enum: ["mixed", "gaussian", "multinomial", "bernoulli", "categorical"],
      default: "mixed",
      title: { en: "Likelihood", zh: "似然" },
      help: {
        en: "Mixed: numbers are normal, categories categorical; gaussian, bernoulli, categorical: every column; multinomial: all columns together count events.",
        zh: "mixed：数值列用正态分布，类别列用分类分布；gaussian、bernoulli、categorical：每一列都用该分布；multinomial：所有列合在一起作为计数。",
      },
    },
    columns: {
      type: "string",
      default: "",
      title: { en: "Columns", zh: "各列分布" },
      help: {
        en: "Distributions of single columns, as in: visits=poisson, income=log-normal.",
        zh: "单独指定某些列的分布，例如：visits=poisson, income=log-normal。",
      },
    },
    alpha: {
      type: "number",
      default: 1,
      minimum: 0,
      maximum: 1e6,
      title: { en: "Smoothing of counts", zh: "计数平滑" },
      help: {
        en: "Added to each count (Laplace 1, Lidstone below): the mass of what was never seen.",
        zh: "加到每个计数上的量（1 为拉普拉斯平滑，小于 1 为 Lidstone）：即未出现过的取值所占的质量。",
      },
    },
    priors: {
      type: "string",
      default: "learned",
      title: { en: "Class priors", zh: "类别先验" },
      help: {
        en: "learned, uniform, or a probability for each class: 0.2, 0.8.",
        zh: "learned（从数据学习）、uniform（均匀），或每个类别的概率，例如 0.2, 0.8。",
      },
    },
    varianceSmoothing: {
      type: "number",
      default: 1e-9,
      minimum: 0,
      maximum: 1000,
      scale: "log",
      title: { en: "Smoothing of variances", zh: "方差平滑" },
      help: {
        en: "Added to each variance, as a share of a variance over all classes.",
        zh: "加到每个方差上的量，以全部类别上的某个方差的比例计。",
      },
    },
    smoothingOf: {
      type: "string",
      enum: ["largest", "own"],
      default: "largest",
      title: { en: "Share of", zh: "方差平滑的基准" },
      help: {
        en: "Of the column with the largest variance, or of each column's own, where units differ.",
        zh: "largest：以方差最大的列为基准；own：以各列自身的方差为基准（各列单位不同时）。",
      },
    },
    threshold: {
      type: "number",
      default: -1,
      minimum: -1,
      maximum: 1e6,
      title: { en: "Threshold", zh: "二值化阈值" },
      help: {
        en: "Bernoulli: levels above it are 1; -1: the middle of the levels.",
        zh: "bernoulli：高于阈值的级别记为 1；-1 表示取级别的中点。",
      },
    },
    bins: {
      type: "integer",
      default: 0,
      minimum: 0,
      maximum: 65536,
      title: { en: "Bins", zh: "分箱数" },
      help: {
        en: "Ordered categories in so many bins of equal width; 0: level by level.",
        zh: "把有序类别分成这么多个等宽的箱；0 表示不分箱。",
      },
    },
    minCategories: {
      type: "integer",
      default: 0,
      minimum: 0,
      maximum: 1e6,
      title: { en: "Fewest categories", zh: "最少类别数" },
      help: {
        en: "Categories that a column has at least: the further ones are kept for values that are yet unknown.",
        zh: "每列至少有这么多个类别：多出的留给尚未见过的取值。",
      },
    },
  },
  training: {
    unlabelled: {
      type: "number",
      default: 0,
      minimum: 0,
      maximum: 1,
      title: { en: "Weight of unlabelled rows", zh: "无标签行的权重" },
      help: {
        en: "0: rows without a label are left out; above: they take part by expectation maximisation.",
        zh: "0：忽略没有标签的行；大于 0：这些行通过期望最大化（EM）参与学习。",
      },
    },
    tolerance: {
      type: "number",
      default: 1e-4,
      minimum: 0,
      maximum: 1,
      title: { en: "Tolerance", zh: "收敛阈值" },
      help: {
        en: "With unlabelled rows: stops when a sweep gains less than so many nats per row; 0: never.",
        zh: "有无标签行参与时：当一轮迭代每行增益低于该值（nat）时停止；0 表示不停止。",
      },
    },
  },
  sampling: {},
  budget: { steps: 100, batch: 4096 },
  references: [
    "A comparison of event models for naive Bayes text classification, McCallum & Nigam, 1998",
    "Text classification from labeled and unlabeled documents using EM, Nigam, McCallum, Thrun & Mitchell, 2000",
    "Introduction to Information Retrieval, chapter 13, Manning, Raghavan & Schütze, 2008",
    "Updating formulae and a pairwise algorithm for computing sample variances, Chan, Golub & LeVeque, 1979",
  ],
});
