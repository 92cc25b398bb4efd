import { defineManifest } from "@gen/core/manifest";
import { trainingSettings } from "./settings.js";

export const manifest = defineManifest({
  id: "gan",
  version: "0.0.0",
  title: { en: "Generative adversarial network", zh: "生成对抗网络" },
  summary: {
    en: "A generator turns noise into data, taught by a critic that learns to tell its samples from the real ones.",
    zh: "生成器把噪声变成数据，由学习区分真伪的判别器来指导。",
  },
  capabilities: ["implicit", "features", "sample"],
  sometimes: { conditional: "data with labels" },
  data: [
    { kind: "points", y: "optional" },
    { kind: "table", y: "optional" },
    { kind: "codes", y: "optional" },
  ],
  model: {
    latent: {
      type: "integer",
      default: 16,
      minimum: 1,
      maximum: 4096,
      title: { en: "Noise size", zh: "噪声维数" },
      help: { en: "Numbers of noise for each row.", zh: "每行数据所用噪声的维数。" },
    },
    hidden: {
      type: "integer",
      default: 128,
      minimum: 1,
      maximum: 8192,
      scale: "log",
      title: { en: "Hidden units", zh: "隐藏单元数" },
      help: { en: "Units in each hidden layer.", zh: "每个隐藏层的单元数。" },
    },
    layers: {
      type: "integer",
      default: 3,
      minimum: 1,
      maximum: 8,
      title: { en: "Hidden layers", zh: "隐藏层数" },
      help: { en: "Hidden layers of generator and critic each.", zh: "生成器和判别器各自的隐藏层数。" },
    },
    normalisation: {
      type: "string",
      enum: ["none", "layer", "spectral"],
      default: "none",
      title: { en: "Critic's normalisation", zh: "判别器的归一化" },
      help: {
        en: "Layer: of each row's hidden units; spectral: of each weight by its largest singular value.",
        zh: "layer：对每行的隐藏单元归一化；spectral：权重除以其最大奇异值。",
      },
    },
  },
  training: {
    ...trainingSettings,
    loss: { ...trainingSettings.loss, default: "wasserstein" },
    penalty: { ...trainingSettings.penalty, default: "gradient" },
    penaltyWeight: { ...trainingSettings.penaltyWeight, default: 0.1 },
    learningRate: { ...trainingSettings.learningRate, default: 2e-3 },
    beta1: { ...trainingSettings.beta1, default: 0 },
  },
  sampling: {},
  budget: { steps: 15_000, batch: 256 },
  presets: { small: { model: { latent: 2, hidden: 16, layers: 1 } } },
  references: [
    "Generative adversarial nets, Goodfellow et al., 2014",
    "Wasserstein GAN, Arjovsky, Chintala & Bottou, 2017",
    "Improved training of Wasserstein GANs, Gulrajani et al., 2017",
    "Which training methods for GANs do actually converge?, Mescheder, Geiger & Nowozin, 2018",
    "Geometric GAN, Lim & Ye, 2017",
    "Spectral normalization for generative adversarial networks, Miyato et al., 2018",
    "cGANs with projection discriminator, Miyato & Koyama, 2018",
  ],
});
