import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "gmm",
  version: "0.0.0",
  title: { en: "Gaussian mixture", zh: "高斯混合模型" },
  summary: {
    en: "A sum of bell-shaped clusters, fitted by expectation maximisation; with labels, a mixture for each class.",
    zh: "由若干钟形簇叠加而成，用期望最大化（EM）拟合；有标签时每个类别各有一个混合模型。",
  },
  capabilities: ["density", "latent", "sample"],
  sometimes: { joint: "data with labels", conditional: "data with labels" },
  data: [
    { kind: "points", y: "optional" },
    { kind: "table", y: "optional" },
    { kind: "codes", y: "optional" },
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
      enum: ["full", "tied", "diagonal", "spherical"],
      default: "full",
      title: { en: "Covariance", zh: "协方差" },
      help: {
        en: "Full: any ellipse; tied: one for all; diagonal: along the axes; spherical: circles.",
        zh: "full：任意椭圆；tied：所有成分共用；diagonal：沿坐标轴；spherical：圆。",
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
        en: "Added to each variance, as a share of that column's variance in the data.",
        zh: "加到每个方差上的量，以该列数据方差的比例计。",
      },
    },
    restarts: {
      type: "integer",
      default: 1,
      minimum: 1,
      maximum: 100,
      title: { en: "Restarts", zh: "重启次数" },
      help: {
        en: "k-means starts, of which the tightest is taken.",
        zh: "k-means 起始次数，取最紧凑的一次。",
      },
    },
  },
  sampling: {},
  budget: { steps: 100, batch: 4096 },
  presets: { small: { model: { components: 3 } } },
  references: [
    "Maximum likelihood from incomplete data via the EM algorithm, Dempster, Laird & Rubin, 1977",
    "k-means++: the advantages of careful seeding, Arthur & Vassilvitskii, 2007",
  ],
});
