import { backend, data, file, json } from "../arguments/common.js";
import { command } from "./command.js";

export const reconstruct = command({
  name: "reconstruct",
  description: "Show what a codec's codes keep of data",
  args: {
    file,
    data,
    count: { type: "string", alias: "n", description: "How many of the first rows", default: "16" },
    out: {
      type: "string",
      valueHint: "file",
      description:
        "A .png, with each picture beside the data's, .csv, .npy, .json or .jsonl; without it on stdout",
    },
    backend,
    json,
  },
  run: async (flags, io) => (await import("../sample/reconstruct.js")).reconstructData(flags, io),
});
