import { stripVTControlCharacters } from "node:util";
import { renderUsage, type CommandDef } from "citty";
import { commands, root } from "../commands/index.js";
import type { Io } from "../io.js";

/** The help of the command that is named, or of all; a command may add what it knows of its argument. */
export async function usage(rawArgs: readonly string[], io: Io): Promise<string> {
  const [name, argument] = rawArgs.filter((arg) => !arg.startsWith("-"));
  const all: CommandDef = root(io);
  if (name === undefined || !Object.hasOwn(commands, name)) return plain(await renderUsage(all), io);
  const command = await commands[name]!();
  const text = await renderUsage(command.define(io), all);
  const more = argument === undefined ? undefined : await command.help?.(argument, io);
  return plain([text, ...(more === undefined ? [] : [more])].join("\n"), io);
}

const plain = (text: string, io: Io): string =>
  (io.terminal ? text : stripVTControlCharacters(text)).trimEnd();
