import { backend, data, file, json } from "../arguments/common.js";
import { command } from "./command.js";

export const classify = command({
  name: "classify",
  description:
    "Give each row, or each element of a sequence, its likeliest class and the classes' probabilities",
  args: {
    file,
    data,
    out: {
      type: "string",
      valueHint: "file",
      description: "A .csv, or .conll of tagged sequences; without it CSV on stdout",
    },
    backend,
    json,
  },
  run: async (flags, io) => (await import("../evaluate/classify.js")).classifyData(flags, io),
});
