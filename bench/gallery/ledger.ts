import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Figures } from "../item.js";

/** What is known of a file that a command makes. */
export interface Entry {
  /** The commands that made it, the last one its own. */
  readonly commands: readonly string[];
  /** Wall time that its own command has taken, all tries together. */
  readonly seconds: number;
  /** What the command told at its end; undefined while it has not come to it. */
  readonly figures?: Figures;
  /** When and where it came to its end. */
  readonly date?: string;
  readonly machine?: string;
}

/** The files of a folder that commands make, how and in what time: what tells a finished file from one to go on with. */
export class Ledger {
  readonly #path: string;
  readonly #entries: Record<string, Entry>;

  constructor(readonly folder: string) {
    this.#path = join(folder, "ledger.json");
    this.#entries = existsSync(this.#path)
      ? (JSON.parse(readFileSync(this.#path, "utf8")) as Record<string, Entry>)
      : {};
  }

  /** What these commands have made of a file so far. What other commands made of it, or is gone, is removed. */
  begun(file: string, commands: readonly string[]): Entry {
    const entry = this.#entries[file];
    const same = entry !== undefined && entry.commands.join("\n") === commands.join("\n");
    if (same && (entry.figures === undefined || existsSync(join(this.folder, file)))) return entry;
    for (const old of [file, checkpointOf(file)]) rmSync(join(this.folder, old), { force: true });
    return { commands, seconds: 0 };
  }

  write(file: string, entry: Entry): void {
    this.#entries[file] = entry;
    writeFileSync(`${this.#path}.part`, JSON.stringify(this.#entries, null, 2));
    renameSync(`${this.#path}.part`, this.#path);
  }
}

/** Where `gen train` keeps what an interrupted training goes on from. */
export const checkpointOf = (file: string): string => file.replace(/(\.[^.]*)$/, ".checkpoint$1");
