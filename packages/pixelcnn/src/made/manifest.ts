import { defineManifest, learningRateSetting, symbolOptions } from "@gen/core/manifest";
import { likelihoodSettings } from "../settings.js";

export const manifest = defineManifest({
  id: "made",
  version: "0.0.0",
  title: { en: "MADE", zh: "MADE 掩码自编码器" },
  summary: {
    en: "A dense network with masked weights that gives every pixel's distribution given those before it at once.",
    zh: "权重带掩码的全连接网络，一次给出每个像素在其之前像素条件下的分布。",
  },
  capabilities: ["conditional", "density", "sample"],
  sometimes: { autoregressive: "without labels", joint: "with labels" },
  data: [{ kind: "images", y: "optional" }],
  model: {
    hidden: {
      type: "integer",
      default: 1024,
      minimum: 1,
      maximum: 8192,
      scale: "log",
      title: { en: "Hidden units", zh: "隐藏单元数" },
      help: {
        en: "Units in each hidden layer; with fewer than pixels some see their neighbours only in part.",
        zh: "每个隐藏层的单元数；少于像素数时，部分像素看不到全部先前像素。",
      },
    },
    layers: {
      type: "integer",
      default: 1,
      minimum: 1,
      maximum: 8,
      title: { en: "Hidden layers", zh: "隐藏层数" },
      help: { en: "Hidden layers.", zh: "隐藏层的数目。" },
    },
    ...likelihoodSettings,
    likelihood: { ...likelihoodSettings.likelihood, default: "logistic" },
  },
  training: { learningRate: learningRateSetting },
  sampling: symbolOptions,
  budget: { steps: 5000, batch: 128 },
  presets: { small: { model: { hidden: 64, components: 3 }, training: { learningRate: 3e-3 } } },
  references: [
    "MADE: Masked autoencoder for distribution estimation, Germain, Gregor, Murray & Larochelle, 2015",
  ],
});
