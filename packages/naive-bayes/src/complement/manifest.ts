import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "complement-naive-bayes",
  version: "0.0.0",
  title: { en: "Complement naive Bayes", zh: "补集朴素贝叶斯" },
  summary: {
    en: "Classifies counts by how unlike all other classes they are; no density, so it draws nothing.",
    zh: "根据计数与其余所有类别的差异来分类；它不是概率密度，因此不能采样。",
  },
  capabilities: ["classifier"],
  data: [
    { kind: "table", y: "required", weights: true },
    { kind: "images", y: "required", weights: true },
  ],
  model: {
    alpha: {
      type: "number",
      default: 1,
      minimum: 0,
      maximum: 1e6,
      title: { en: "Smoothing of counts", zh: "计数平滑" },
      help: { en: "Added to each count.", zh: "加到每个计数上的量。" },
    },
    normalised: {
      type: "boolean",
      default: false,
      title: { en: "Normalised weights", zh: "归一化权重" },
      help: {
        en: "Divides each class's weights by their sum, so that long rows count no more than short ones.",
        zh: "把每个类别的权重除以其总和，避免长文本的影响过大。",
      },
    },
  },
  training: {},
  sampling: {},
  budget: { steps: 1, batch: 4096 },
  references: [
    "Tackling the poor assumptions of naive Bayes text classifiers, Rennie, Shih, Teevan & Karger, 2003",
  ],
});
