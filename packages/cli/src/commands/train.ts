import { backend, data, json, seed } from "../arguments/common.js";
import { command } from "./command.js";

export const train = command({
  name: "train",
  description: "Train a model and write its file",
  args: {
    plugin: { type: "positional", description: "The model's family, as gen list names it", required: false },
    data: {
      ...data,
      description: `${data.description} (its folders are the labels); of a table, '?label=NAME' makes a column the label, '?weight=NAME' the weight of rows, '?drop=NAME' leaves one out, '?labels=none' has no label`,
    },
    set: {
      type: "string",
      valueHint: "name=value",
      description: "A setting of the model or its training; repeatable",
    },
    preset: { type: "string", valueHint: "name", description: "Settings that the family has a name for" },
    steps: {
      type: "string",
      valueHint: "count",
      description: "Training steps in all; by default the family's",
    },
    batch: { type: "string", valueHint: "rows", description: "Rows per step; by default the family's" },
    seed,
    out: { type: "string", valueHint: "file.safetensors", description: "The model file to write" },
    over: {
      type: "string",
      valueHint: "codec.safetensors",
      description: "A trained codec whose codes are learned",
    },
    "checkpoint-every": {
      type: "string",
      valueHint: "steps",
      description: "Write a checkpoint beside --out so often",
    },
    resume: { type: "boolean", description: "Go on from the checkpoint beside --out" },
    backend,
    json,
  },
  run: async (flags, io) => (await import("../train/train.js")).train(flags, io),
  help: async (plugin, io) => (await import("../describe/plugin.js")).describePlugin(plugin, io),
});
