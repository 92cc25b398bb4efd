import { defineManifest, learningRateSetting } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "autoencoder",
  version: "0.0.0",
  title: { en: "Autoencoder", zh: "自编码器" },
  summary: {
    en: "Learns a short code for the data and how to reconstruct the data from it; it has no probabilities, but any model of its codes makes it a generator.",
    zh: "学习数据的短编码以及如何从编码重建数据；它本身没有概率，但任何拟合其编码的模型都能让它生成新数据。",
  },
  capabilities: ["codec", "features"],
  data: [
    { kind: "images", y: "none" },
    { kind: "points", y: "none" },
    { kind: "table", y: "none" },
    { kind: "codes", y: "none" },
  ],
  model: {
    latent: {
      type: "integer",
      default: 32,
      minimum: 1,
      maximum: 1024,
      title: { en: "Code size", zh: "编码维数" },
      help: { en: "Numbers in a code.", zh: "每个编码的维数。" },
    },
    network: {
      type: "string",
      enum: ["dense", "convolutional"],
      default: "dense",
      title: { en: "Network", zh: "网络" },
      help: {
        en: "Dense for all data, convolutional for images.",
        zh: "dense 适用于所有数据，convolutional 仅适用于图像。",
      },
    },
    layers: {
      type: "integer",
      default: 2,
      minimum: 0,
      maximum: 8,
      title: { en: "Hidden layers", zh: "隐藏层数" },
      help: {
        en: "Of encoder and decoder each; a convolutional one halves the image's sides.",
        zh: "编码器和解码器各自的层数；卷积层每层将图像边长减半。",
      },
    },
    hidden: {
      type: "integer",
      default: 512,
      minimum: 1,
      maximum: 8192,
      scale: "log",
      title: { en: "Hidden units", zh: "隐藏单元数" },
      help: { en: "Units in each dense hidden layer.", zh: "每个全连接隐藏层的单元数。" },
    },
    channels: {
      type: "integer",
      default: 32,
      minimum: 1,
      maximum: 1024,
      scale: "log",
      title: { en: "Channels", zh: "通道数" },
      help: {
        en: "Of the first convolutional layer; each next has twice as many.",
        zh: "第一个卷积层的通道数；之后每层翻倍。",
      },
    },
    loss: {
      type: "string",
      enum: ["squaredError", "crossEntropy"],
      default: "squaredError",
      title: { en: "Loss", zh: "损失" },
      help: {
        en: "How far a reconstruction is from the data; cross-entropy is for pixels from 0 to 1 and no likelihood of grey levels.",
        zh: "重建与数据的差距；crossEntropy 用于 0 到 1 的像素，且不是灰度的似然。",
      },
    },
  },
  training: {
    learningRate: learningRateSetting,
    noise: {
      type: "number",
      default: 0,
      minimum: 0,
      maximum: 10,
      title: { en: "Noise", zh: "噪声" },
      help: {
        en: "Denoising: the deviation of Gaussian noise on what is encoded, of pixels from 0 to 1 or standardised numbers.",
        zh: "去噪：加在输入（0 到 1 的像素或标准化的数值）上的高斯噪声的标准差。",
      },
    },
    masked: {
      type: "number",
      default: 0,
      minimum: 0,
      maximum: 0.99,
      title: { en: "Masked share", zh: "遮盖比例" },
      help: {
        en: "Denoising: the share of numbers that are put to 0 before they are encoded.",
        zh: "去噪：编码前被置为 0 的数值所占的比例。",
      },
    },
  },
  sampling: {},
  budget: { steps: 5000, batch: 128 },
  presets: {
    small: { model: { latent: 4, hidden: 64, layers: 1 } },
    convolutional: { model: { network: "convolutional" } },
    denoising: { training: { masked: 0.3 } },
  },
  references: [
    "Reducing the dimensionality of data with neural networks, Hinton & Salakhutdinov, 2006",
    "Extracting and composing robust features with denoising autoencoders, Vincent, Larochelle, Bengio & Manzagol, 2008",
    "From variational to deterministic autoencoders, Ghosh, Sajjadi, Vergari, Black & Schölkopf, 2020",
  ],
});
