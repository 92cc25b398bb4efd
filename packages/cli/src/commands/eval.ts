import { backend, file, json, seed } from "../arguments/common.js";
import { command } from "./command.js";

export const evaluate = command({
  name: "eval",
  description: "Score data under a model: log-likelihood, and accuracy where there are labels",
  args: {
    file,
    data: { type: "string", valueHint: "address", description: "A built-in set, a table.csv, a text.txt" },
    samples: {
      type: "string",
      valueHint: "count",
      description: "Draws that make a lower bound tighter",
      default: "1",
    },
    seed,
    backend,
    json,
  },
  run: async (flags, io) => (await import("../evaluate/evaluate.js")).evaluateModel(flags, io),
});
