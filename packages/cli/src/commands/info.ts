import { file, json } from "../arguments/common.js";
import { command } from "./command.js";

export const info = command({
  name: "info",
  description: "Tell what a model file holds",
  args: { file, json },
  run: async (flags, io) => (await import("../describe/info.js")).describeFile(flags, io),
});
