import { defineManifest, transportOptions } from "@gen/core/manifest";
import { sometimes, training } from "../flow/manifest-parts.js";

export const manifest = defineManifest({
  id: "glow",
  version: "0.0.0",
  title: { en: "Glow", zh: "Glow 可逆流" },
  summary: {
    en: "Makes images of simple noise through invertible layers that normalise, rotate and couple channels, coarse to fine.",
    zh: "用归一化、旋转和耦合通道的可逆层，由粗到细地把简单噪声变成图像。",
  },
  capabilities: ["sample"],
  sometimes,
  data: [{ kind: "images", y: "optional" }],
  model: {
    scales: {
      type: "integer",
      default: 2,
      minimum: 1,
      maximum: 8,
      title: { en: "Scales", zh: "尺度数" },
      help: {
        en: "At most so many scales, each half as high and wide; odd sizes end them early.",
        zh: "最多的尺度数，每个尺度的高宽减半；奇数尺寸会提前结束。",
      },
    },
    steps: {
      type: "integer",
      default: 4,
      minimum: 1,
      maximum: 64,
      title: { en: "Steps", zh: "每尺度层数" },
      help: { en: "Steps of flow at each scale.", zh: "每个尺度的流层数。" },
    },
    hidden: {
      type: "integer",
      default: 64,
      minimum: 1,
      maximum: 4096,
      scale: "log",
      title: { en: "Hidden channels", zh: "隐藏通道数" },
      help: {
        en: "Channels in the hidden layers of each coupling's network.",
        zh: "每个耦合网络隐藏层的通道数。",
      },
    },
  },
  training,
  sampling: transportOptions,
  budget: { steps: 2000, batch: 64 },
  presets: { small: { model: { steps: 2, hidden: 16 } } },
  references: [
    "Glow: generative flow with invertible 1×1 convolutions, Kingma & Dhariwal, 2018",
    "Density estimation using Real NVP, Dinh, Sohl-Dickstein & Bengio, 2017",
  ],
});
