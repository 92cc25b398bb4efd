import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { figuresOf } from "../child.js";
import { packagesFolder } from "../data.js";
import { machine } from "../report.js";
import { log, today } from "../results.js";
import { valueOf, wordsOf } from "./command.js";
import { checkpointOf, type Entry, type Ledger } from "./ledger.js";

const program = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));

/** Checkpoints of a training. */
const checkpoints = 20;

export interface Making {
  readonly ledger: Ledger;
  /** Training steps instead of the command's own. */
  readonly steps?: number;
  /** Ends what is being made, which then can be gone on with. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command of `gen` unless the file of its `--out` is there already. `before` it ran those that it builds on;
 * `more` are words that depend on what is there.
 */
async function make(line: string, before: readonly string[], making: Making, more: () => readonly string[]) {
  const { ledger, signal } = making;
  const file = valueOf(line, "--out");
  const commands = [...before, line];
  const begun = ledger.begun(file, commands);
  if (begun.figures !== undefined) return begun;
  const [where, date] = [machine(), today()];
  const started = performance.now();
  const seconds = (): number => begun.seconds + (performance.now() - started) / 1e3;
  log(line);
  ledger.write(file, begun);
  try {
    const figures = (await figuresOf(
      process.execPath,
      [program, ...wordsOf(line).slice(1), ...more(), "--backend", "onnx", "--json"],
      { folder: ledger.folder, environment: { NODE_PATH: packagesFolder }, signal },
    ))!;
    const made: Entry = { commands, seconds: seconds(), figures, date, machine: where };
    ledger.write(file, made);
    return made;
  } catch (error) {
    ledger.write(file, { commands, seconds: seconds() });
    throw error;
  }
}

/** Trains, or goes on with what was interrupted. */
export function train(line: string, before: readonly string[], making: Making): Promise<Entry> {
  const { ledger, steps } = making;
  const whole = steps === undefined ? line : `${line} --steps ${String(steps)}`;
  const file = valueOf(whole, "--out");
  const often = Math.ceil(Number(valueOf(whole, "--steps")) / checkpoints);
  return make(whole, before, making, () => {
    const resume = [checkpointOf(file), file].some((each) => existsSync(join(ledger.folder, each)));
    return ["--checkpoint-every", String(often), ...(resume ? ["--resume"] : [])];
  });
}

/** Draws samples. */
export const draw = (line: string, before: readonly string[], making: Making): Promise<Entry> =>
  make(line, before, making, () => []);
