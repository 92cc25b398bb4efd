import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "gmm",
  version: "0.0.0",
  title: { en: "Gaussian mixture", zh: "高斯混合模型" },
  summary: {
    en: "A sum of bell-shaped clusters, fitted by expectation maximisation; with labels, a mixture for each class.",
    zh: "由若干钟形簇叠加而成，用期望最大化（EM）拟合；有标签时每个类别各有一个混合模型。",
  },
  capabilities: ["conditional", "density", "latent", "sample"],
  sometimes: { joint: "data with labels" },
  data: [
    { kind: "points", y: "optional", weights: true, gaps: true },
    { kind: "table", y: "optional", weights: true, gaps: true },
    { kind: "codes", y: "optional", weights: true, gaps: true },
  ],
  model: {
    components: {
      type: "integer",
      default: 8,
      minimum: 1,
      maximum: 1000,
      title: { en: "Components", zh: "成分数" },
      help: { en: "Gaussians in the mixture, for each class.", zh: "混合模型中高斯成分的个数（每个类别）。" },
    },
    covariance: {
      type: "string",
      enum: ["full", "tied", "shared", "diagonal", "spherical"],
      default: "full",
      title: { en: "Covariance", zh: "协方差" },
      help: {
        en: "Full: any ellipse; tied: one for all components; shared: one for all classes too; diagonal: along the axes; spherical: circles.",
        zh: "full：任意椭圆；tied：所有成分共用；shared：所有类别也共用；diagonal：沿坐标轴；spherical：圆。",
      },
    },
  },
  training: {
    tolerance: {
      type: "number",
      default: 1e-3,
      minimum: 0,
      maximum: 1,
      title: { en: "Tolerance", zh: "收敛阈值" },
      help: {
        en: "Stops when a sweep gains less than so many nats per row; 0: never.",
        zh: "当一轮迭代每行增益低于该值（nat）时停止；0 表示不停止。",
      },
    },
    regularization: {
      type: "number",
      default: 1e-6,
      minimum: 0,
      maximum: 1,
      title: { en: "Regularization", zh: "正则化" },
      help: {
        en: "Added to each variance, as a share of that column's variance in the data; of codes a share of their mean variance.",
        zh: "加到每个方差上的量，以该列数据方差的比例计；对编码则以平均方差的比例计。",
      },
    },
    restarts: {
      type: "integer",
      default: 1,
      minimum: 1,
      maximum: 100,
      title: { en: "Restarts", zh: "重启次数" },
      help: {
        en: "Courses of learning from starts of their own, in the same sweeps; the best is kept.",
        zh: "从不同起点同时进行的学习次数，保留最好的一次。",
      },
    },
    start: {
      type: "string",
      enum: ["k-means", "k-means++", "rows", "responsibilities", "continue"],
      default: "k-means",
      title: { en: "Start", zh: "初始化" },
      help: {
        en: "Clusters of k-means or of its seeds, rows drawn at random, shares drawn at random, or the model as it is.",
        zh: "k-means 聚类、其种子点、随机选取的行、随机归属，或沿用模型现有参数。",
      },
    },
    revive: {
      type: "boolean",
      default: false,
      title: { en: "Revive components", zh: "复活成分" },
      help: {
        en: "A component that dies takes half of the largest one.",
        zh: "失效的成分改为分走最大成分的一半。",
      },
    },
    prior: {
      type: "string",
      enum: ["none", "dirichlet", "dirichlet-process"],
      default: "none",
      title: { en: "Prior", zh: "先验" },
      group: "prior",
      help: {
        en: "Variational Bayes: components that are not needed lose their weight.",
        zh: "变分贝叶斯：不需要的成分权重趋于零。",
      },
    },
    concentration: {
      type: "number",
      default: 0.1,
      minimum: 1e-6,
      maximum: 1e6,
      scale: "log",
      title: { en: "Concentration", zh: "集中度" },
      group: "prior",
      help: {
        en: "Of the prior over weights: the smaller, the fewer components are used.",
        zh: "权重先验的集中参数：越小，使用的成分越少。",
      },
    },
  },
  sampling: {},
  budget: { steps: 100, batch: 4096 },
  presets: { small: { model: { components: 3 } } },
  references: [
    "Maximum likelihood from incomplete data via the EM algorithm, Dempster, Laird & Rubin, 1977",
    "k-means++: the advantages of careful seeding, Arthur & Vassilvitskii, 2007",
    "Supervised learning from incomplete data via an EM approach, Ghahramani & Jordan, 1994",
    "Variational inference for Dirichlet process mixtures, Blei & Jordan, 2006",
  ],
});
