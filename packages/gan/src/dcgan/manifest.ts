import { defineManifest } from "@gen/core/manifest";
import { trainingSettings } from "../settings.js";

export const manifest = defineManifest({
  id: "dcgan",
  version: "0.0.0",
  title: { en: "Convolutional GAN", zh: "深度卷积生成对抗网络" },
  summary: {
    en: "A generator of transposed convolutions turns noise into images, taught by a convolutional critic.",
    zh: "由转置卷积构成的生成器把噪声变成图像，由卷积判别器指导训练。",
  },
  capabilities: ["implicit", "features", "sample"],
  sometimes: { conditional: "data with labels" },
  data: [{ kind: "images", y: "optional" }],
  model: {
    latent: {
      type: "integer",
      default: 64,
      minimum: 1,
      maximum: 4096,
      title: { en: "Noise size", zh: "噪声维数" },
      help: { en: "Numbers of noise for each image.", zh: "每幅图像所用噪声的维数。" },
    },
    channels: {
      type: "integer",
      default: 32,
      minimum: 1,
      maximum: 1024,
      scale: "log",
      title: { en: "Channels", zh: "通道数" },
      help: {
        en: "After the first halving of the sides; each further one doubles them.",
        zh: "图像边长第一次减半之后的通道数；此后每减半一次，通道数加倍。",
      },
    },
    stages: {
      type: "integer",
      default: 2,
      minimum: 1,
      maximum: 6,
      title: { en: "Stages", zh: "级数" },
      help: { en: "How often the sides are halved.", zh: "图像边长减半的次数。" },
    },
    normalisation: {
      type: "string",
      enum: ["batch", "layer", "spectral", "none"],
      default: "batch",
      title: { en: "Critic's normalisation", zh: "判别器的归一化" },
      help: {
        en: "Batch: over all images of a batch; layer: within each image; spectral: each weight over its largest singular value.",
        zh: "batch：对一批图像归一化；layer：对每幅图像归一化；spectral：权重除以其最大奇异值。",
      },
    },
  },
  training: {
    ...trainingSettings,
    learningRate: { ...trainingSettings.learningRate, default: 2e-4 },
  },
  sampling: {},
  budget: { steps: 10_000, batch: 64 },
  presets: {
    small: { model: { latent: 8, channels: 4, stages: 1 } },
    plain: { training: { average: 0 } },
  },
  references: [
    "Unsupervised representation learning with deep convolutional generative adversarial networks, Radford, Metz & Chintala, 2016",
    "Generative adversarial nets, Goodfellow et al., 2014",
    "Spectral normalization for generative adversarial networks, Miyato et al., 2018",
    "Improved training of Wasserstein GANs, Gulrajani et al., 2017",
    "Which training methods for GANs do actually converge?, Mescheder, Geiger & Nowozin, 2018",
    "cGANs with projection discriminator, Miyato & Koyama, 2018",
  ],
});
