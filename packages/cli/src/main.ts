import { stripVTControlCharacters } from "node:util";
import { isInputError } from "@gen/core/manifest";
import { runCommand } from "citty";
import { version } from "../package.json";
import { usage } from "./arguments/usage.js";
import { root } from "./commands/index.js";
import { ToldFailure } from "./failure.js";
import { line, type Io } from "./io.js";

/** What the caller is told by the exit code. */
const exit = { done: 0, ourFault: 1, badInput: 2, interrupted: 130 } as const;

/**
 * Runs one command line and gives its exit code: 0, 2 for bad input (one sentence on stderr), 1 for a fault of ours
 * (with its stack), 130 when interrupted.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const rawArgs = [...argv];
  try {
    if (rawArgs.length === 0 || asks(rawArgs, "--help", "-h")) line(io.stdout, await usage(rawArgs, io));
    else if (rawArgs[0] === "--version" || rawArgs[0] === "-v") line(io.stdout, version);
    else await runCommand(root(io), { rawArgs });
    return exit.done;
  } catch (error) {
    if (io.signal.aborted) return exit.interrupted;
    const sentence = sentenceOf(error);
    if (sentence !== undefined) {
      line(io.stderr, `gen: ${sentence}`);
      return exit.badInput;
    }
    if (error instanceof ToldFailure) line(io.stderr, `gen: ${error.message}`);
    else line(io.stderr, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exit.ourFault;
  }
}

/** Whether a flag stands among the arguments, before "--". */
function asks(rawArgs: readonly string[], ...flags: readonly string[]): boolean {
  const end = rawArgs.indexOf("--");
  return rawArgs.slice(0, end === -1 ? undefined : end).some((arg) => flags.includes(arg));
}

/** What the caller did wrong; undefined when the fault is ours. */
function sentenceOf(error: unknown): string | undefined {
  if (isInputError(error)) return error.message;
  // citty's own errors: a command or an argument that is missing or unknown.
  if (!(error instanceof Error) || error.name !== "CLIError") return undefined;
  return `${stripVTControlCharacters(error.message)}; gen --help tells what there is.`;
}
