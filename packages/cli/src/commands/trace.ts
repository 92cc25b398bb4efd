import { backend, condition, file, seed } from "../arguments/common.js";
import { command } from "./command.js";

export const trace = command({
  name: "trace",
  description: "Watch a model draw: text as it grows, pictures in a folder, numbers as JSON lines",
  args: {
    file,
    count: { type: "string", alias: "n", description: "How many samples", default: "1" },
    every: {
      type: "string",
      valueHint: "steps",
      description: "Steps from one frame to the next",
      default: "1",
    },
    candidates: {
      type: "string",
      valueHint: "count",
      description: "Likeliest symbols to show",
      default: "5",
    },
    set: { type: "string", valueHint: "option=value", description: "An option of sampling; repeatable" },
    ...condition,
    seed,
    out: { type: "string", valueHint: "folder", description: "The folder for the pictures" },
    backend,
  },
  run: async (flags, io) => (await import("../sample/trace.js")).traceModel(flags, io),
});
