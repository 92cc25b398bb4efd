import { defineManifest, latentOptions, learningRateSetting } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "vae",
  version: "0.0.0",
  title: { en: "Variational auto-encoder", zh: "变分自编码器" },
  summary: {
    en: "Learns a latent code for the data and a network that decodes it; new data come from codes drawn at random.",
    zh: "学习数据的隐变量编码和解码网络；从先验中随机抽取编码并解码即可生成新数据。",
  },
  capabilities: ["latent", "codec", "features", "sample"],
  sometimes: { bound: "unless the model itself binarises grey images" },
  data: [
    { kind: "images", y: "none" },
    { kind: "points", y: "none" },
    { kind: "table", y: "none" },
    { kind: "codes", y: "none" },
  ],
  model: {
    latent: {
      type: "integer",
      default: 20,
      minimum: 1,
      maximum: 1024,
      title: { en: "Latent size", zh: "隐变量维数" },
      help: { en: "Numbers in a code.", zh: "每个编码的维数。" },
    },
    hidden: {
      type: "integer",
      default: 512,
      minimum: 1,
      maximum: 8192,
      scale: "log",
      title: { en: "Hidden units", zh: "隐藏单元数" },
      help: { en: "Units in each hidden layer.", zh: "每个隐藏层的单元数。" },
    },
    layers: {
      type: "integer",
      default: 2,
      minimum: 1,
      maximum: 8,
      title: { en: "Hidden layers", zh: "隐藏层数" },
      help: { en: "Hidden layers of encoder and decoder each.", zh: "编码器和解码器各自的隐藏层数。" },
    },
    likelihood: {
      type: "string",
      enum: ["bernoulli", "gaussian"],
      default: "bernoulli",
      title: { en: "Pixel likelihood", zh: "像素似然" },
      help: {
        en: "Grey images: Bernoulli binarises the pixels at random, Gaussian keeps their grey levels.",
        zh: "灰度图像：bernoulli 随机二值化像素，gaussian 保留灰度。",
      },
    },
  },
  training: {
    learningRate: learningRateSetting,
  },
  sampling: latentOptions,
  budget: { steps: 5000, batch: 128 },
  presets: { small: { model: { latent: 2, hidden: 128, layers: 1 } } },
  references: [
    "Auto-encoding variational Bayes, Kingma & Welling, 2014",
    "Stochastic backpropagation and approximate inference in deep generative models, Rezende, Mohamed & Wierstra, 2014",
    "Importance weighted autoencoders, Burda, Grosse & Salakhutdinov, 2016",
  ],
});
