import { backend, condition, file, json, seed } from "../arguments/common.js";
import { command } from "./command.js";

export const sample = command({
  name: "sample",
  description: "Draw samples of a model",
  args: {
    file,
    count: { type: "string", alias: "n", description: "How many", default: "16" },
    set: {
      type: "string",
      valueHint: "option=value",
      description: "An option of sampling, such as temperature=0.8; repeatable",
    },
    ...condition,
    seed,
    out: {
      type: "string",
      valueHint: "file",
      description: "A .png, .csv, .npy, .txt, .conll, .json or .jsonl; without it text or CSV on stdout",
    },
    backend,
    json,
  },
  run: async (flags, io) => (await import("../sample/sample.js")).sampleModel(flags, io),
});
