import { file, json } from "../arguments/common.js";
import { command } from "./command.js";

export const exporting = command({
  name: "export",
  description: "Write a model's functions as ONNX files, which other runtimes open",
  args: {
    file,
    to: { type: "string", valueHint: "format", description: "The format: onnx", default: "onnx" },
    count: { type: "string", alias: "n", description: "Rows that a function takes at a time", default: "1" },
    out: { type: "string", valueHint: "folder", description: "Where to; by default beside the model" },
    json,
  },
  run: async (flags, io) => (await import("../export/export.js")).exportModel(flags, io),
});
