import { defineCommand, type CommandDef } from "citty";
import { version } from "../../package.json";
import type { Io } from "../io.js";
import type { Command } from "./command.js";

/** Every command, imported when it is asked for. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  list: async () => (await import("./list.js")).list,
  info: async () => (await import("./info.js")).info,
  train: async () => (await import("./train.js")).train,
  sample: async () => (await import("./sample.js")).sample,
  trace: async () => (await import("./trace.js")).trace,
  eval: async () => (await import("./eval.js")).evaluate,
  compare: async () => (await import("./compare.js")).compare,
  reconstruct: async () => (await import("./reconstruct.js")).reconstruct,
  classify: async () => (await import("./classify.js")).classify,
  export: async () => (await import("./export.js")).exporting,
  check: async () => (await import("./check.js")).check,
};

/** The command `gen` itself. */
export const root = (io: Io): CommandDef =>
  defineCommand({
    meta: { name: "gen", version, description: "Train, sample and evaluate any installed generative model" },
    subCommands: Object.fromEntries(
      Object.entries(commands).map(([name, load]) => [name, async () => (await load()).define(io)]),
    ),
  });
