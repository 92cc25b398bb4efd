import { backend, json, seed } from "../arguments/common.js";
import { command } from "./command.js";

export const check = command({
  name: "check",
  description: "Test a plugin, or all, against what every plugin must do",
  args: {
    plugin: { type: "positional", description: "The plugin's id; without it all", required: false },
    level: { type: "string", valueHint: "name", description: "smoke or full", default: "smoke" },
    seed,
    backend,
    json,
  },
  run: async (flags, io) => (await import("../check/check.js")).checkPlugins(flags, io),
});
