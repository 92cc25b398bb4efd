import { defineManifest } from "@gen/core/manifest";

export const taggerManifest = defineManifest({
  id: "toy-tagger",
  version: "1.0.0",
  title: { en: "Tagger", zh: "标注器" },
  summary: { en: "Each tag depends on the one before.", zh: "每个标记只依赖前一个标记。" },
  capabilities: ["sequence", "density", "conditional"],
  data: [{ kind: "sequences", y: "required" }],
  model: {},
  training: {},
  sampling: {},
  budget: { steps: 2, batch: 16 },
  references: ["An example of statistical investigation of the text Eugene Onegin, Markov, 1913"],
});
