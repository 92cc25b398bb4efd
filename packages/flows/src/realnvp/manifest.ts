import { defineManifest, transportOptions } from "@gen/core/manifest";
import { sometimes, training } from "../flow/manifest-parts.js";

export const manifest = defineManifest({
  id: "realnvp",
  version: "0.0.0",
  title: { en: "RealNVP", zh: "RealNVP 可逆流" },
  summary: {
    en: "Moves simple noise to the data through invertible layers, each of which shifts and scales one part by the other; its density is exact.",
    zh: "用可逆层把简单噪声逐步变成数据，每层用一部分变量平移和缩放另一部分；概率密度精确可算。",
  },
  capabilities: ["sample"],
  sometimes,
  data: [
    { kind: "points", y: "optional" },
    { kind: "images", y: "optional" },
    { kind: "table", y: "optional" },
    { kind: "codes", y: "optional" },
  ],
  model: {
    couplings: {
      type: "integer",
      default: 8,
      minimum: 1,
      maximum: 64,
      title: { en: "Couplings", zh: "耦合层数" },
      help: {
        en: "Coupling layers; of images, at each scale.",
        zh: "耦合层的数量；对图像为每个尺度的数量。",
      },
    },
    hidden: {
      type: "integer",
      default: 128,
      minimum: 1,
      maximum: 4096,
      scale: "log",
      title: { en: "Hidden units", zh: "隐藏单元数" },
      help: {
        en: "Units, or channels of images, in the hidden layers of each coupling's network.",
        zh: "每个耦合网络隐藏层的单元数（图像为通道数）。",
      },
    },
    scales: {
      type: "integer",
      default: 2,
      minimum: 1,
      maximum: 8,
      title: { en: "Scales", zh: "尺度数" },
      help: {
        en: "Images only: at most so many scales, each half as high and wide; odd sizes end them early.",
        zh: "仅用于图像：最多的尺度数，每个尺度的高宽减半；奇数尺寸会提前结束。",
      },
    },
  },
  training,
  sampling: transportOptions,
  budget: { steps: 3000, batch: 256 },
  presets: { small: { model: { couplings: 4, hidden: 16 } } },
  references: [
    "Density estimation using Real NVP, Dinh, Sohl-Dickstein & Bengio, 2017",
    "Variational inference with normalizing flows, Rezende & Mohamed, 2015",
  ],
});
