import { defineManifest, learningRateSetting, symbolOptions } from "@gen/core/manifest";
import { likelihoodSettings } from "../settings.js";

export const manifest = defineManifest({
  id: "pixelcnn",
  version: "0.0.0",
  title: { en: "Gated PixelCNN", zh: "门控 PixelCNN" },
  summary: {
    en: "Draws an image pixel by pixel, each given all pixels above and to the left; every image has an exact probability.",
    zh: "逐像素生成图像，每个像素以其上方和左侧的所有像素为条件；每幅图像都有精确的概率。",
  },
  capabilities: ["conditional", "density", "sample"],
  sometimes: { autoregressive: "without labels", joint: "with labels" },
  data: [{ kind: "images", y: "optional" }],
  model: {
    channels: {
      type: "integer",
      default: 32,
      minimum: 1,
      maximum: 1024,
      scale: "log",
      title: { en: "Channels", zh: "通道数" },
      help: { en: "Channels of each stack.", zh: "每个卷积堆栈的通道数。" },
    },
    blocks: {
      type: "integer",
      default: 5,
      minimum: 0,
      maximum: 64,
      title: { en: "Blocks", zh: "模块数" },
      help: {
        en: "Gated layers after the first; each sees one pixel further.",
        zh: "第一层之后的门控层数；每层多看一个像素远。",
      },
    },
    ...likelihoodSettings,
  },
  training: { learningRate: learningRateSetting },
  sampling: symbolOptions,
  budget: { steps: 2000, batch: 64 },
  presets: { small: { model: { channels: 12, blocks: 2 }, training: { learningRate: 3e-3 } } },
  references: [
    "Conditional image generation with PixelCNN decoders, van den Oord et al., 2016",
    "Pixel recurrent neural networks, van den Oord, Kalchbrenner & Kavukcuoglu, 2016",
    "PixelCNN++: Improving the PixelCNN with discretized logistic mixture likelihood and other modifications, Salimans, Karpathy, Chen & Kingma, 2017",
  ],
});
