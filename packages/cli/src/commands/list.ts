import { json } from "../arguments/common.js";
import { command } from "./command.js";

export const list = command({
  name: "list",
  description: "Name the installed families of models and what they can do",
  args: { json },
  run: async (flags, io) => (await import("../describe/list.js")).listPlugins(flags, io),
});
