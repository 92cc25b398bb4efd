import { backend, data, file, json, samples, seed } from "../arguments/common.js";
import { command } from "./command.js";

export const compare = command({
  name: "compare",
  description: "Score the same data under several models, side by side",
  args: {
    file: { ...file, description: "A model file, and more of them" },
    data,
    samples,
    seed,
    backend,
    json,
  },
  several: true,
  run: async (flags, io) => (await import("../evaluate/compare.js")).compareModels(flags, io),
});
