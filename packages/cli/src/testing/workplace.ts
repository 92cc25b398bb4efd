import {
  mkdtempSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { main } from "../main.js";

const here = dirname(fileURLToPath(import.meta.url));

/** What a command line gave. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with the made-up plugins installed, and no other; removed after the tests of a file. */
export class Workplace {
  readonly folder: string;

  constructor() {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "gen-cli-")));
    mkdirSync(join(this.folder, "node_modules"));
    symlinkSync(join(here, "made-up"), join(this.folder, "node_modules", "gen-made-up"));
    afterAll(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** Puts a file there and gives its name. */
  file(name: string, contents: string | Uint8Array): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
    return name;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** The files there, plugins aside. */
  get files(): readonly string[] {
    return readdirSync(this.folder)
      .filter((name) => name !== "node_modules")
      .sort();
  }

  /** Runs a command line in this process. */
  async gen(
    args: readonly string[],
    options: { readonly signal?: AbortSignal; readonly onError?: (text: string) => unknown } = {},
  ): Promise<Called> {
    let [stdout, stderr] = ["", ""];
    const code = await main(args, {
      stdout: { write: (text: string) => (stdout += text) },
      stderr: {
        write(text: string) {
          stderr += text;
          options.onError?.(text);
        },
      },
      terminal: false,
      cwd: this.folder,
      home: this.folder,
      signal: options.signal ?? new AbortController().signal,
    });
    return { code, stdout, stderr };
  }
}
