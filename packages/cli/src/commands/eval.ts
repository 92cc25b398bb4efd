import { backend, data, file, json, samples, seed } from "../arguments/common.js";
import { command } from "./command.js";

export const evaluate = command({
  name: "eval",
  description:
    "Score data under a model: log-likelihood, accuracy where there are labels, what reconstructions lose",
  args: {
    file,
    data,
    samples,
    seed,
    backend,
    json,
  },
  run: async (flags, io) => (await import("../evaluate/evaluate.js")).evaluateModel(flags, io),
});
