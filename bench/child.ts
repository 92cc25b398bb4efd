import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figures } from "./item.js";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface ChildOptions {
  /** Added to this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Seconds after which it is stopped. */
  readonly limit?: number | undefined;
  /** Where it runs; by default the repository. */
  readonly folder?: string;
  /** Interrupts it, as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

/** A program ended with an exit code that is not 0, or by a signal. */
export class Ended extends Error {
  constructor(
    what: string,
    readonly code: number | null,
    signal: NodeJS.Signals | null,
  ) {
    super(`${what} ended with ${signal ?? `exit code ${String(code)}`}.`);
  }
}

/** Nested figures under names joined by dots. */
export function flatten(value: Readonly<Record<string, unknown>>, prefix = ""): Figures {
  const figures: Record<string, number | string> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === "number" || typeof inner === "string") figures[prefix + name] = inner;
    else if (typeof inner === "object" && inner !== null) {
      Object.assign(figures, flatten(inner as Record<string, unknown>, `${prefix}${name}.`));
    }
  }
  return figures;
}

/** Runs a program to its end: the last line that it prints is its figures. Undefined when it was stopped at its limit. */
export async function figuresOf(
  program: string,
  args: readonly string[],
  { environment = {}, limit, folder = root, signal: interrupted }: ChildOptions = {},
): Promise<Figures | undefined> {
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const time = limit === undefined ? undefined : AbortSignal.timeout(Math.ceil(limit * 1e3));
  time?.addEventListener("abort", () => child.kill("SIGKILL"));
  const interrupt = (): boolean => child.kill("SIGINT");
  interrupted?.addEventListener("abort", interrupt);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...ended) => {
      resolve(ended);
    });
  });
  interrupted?.removeEventListener("abort", interrupt);
  if (time?.aborted === true) return undefined;
  if (code !== 0) throw new Ended(args[0] ?? program, code, signal);
  return flatten(JSON.parse(output.trim().split("\n").at(-1) ?? "") as Record<string, unknown>);
}

/** Training that a process of ours is given as JSON. */
export interface Given {
  readonly item: string;
  readonly mnist?: string;
  readonly text?: string;
  readonly threads: number;
  readonly published?: "wasm" | "cpu";
  readonly eager: boolean;
}

/** For `measured/steps.ts`: how long steps are timed. */
export interface Measurement extends Given {
  readonly warmup: number;
  readonly least: number;
  readonly seconds: number;
}

/** For `measured/tenure.ts`: after how many steps memory is looked at. */
export interface Tenure extends Given {
  readonly early: number;
  readonly late: number;
}

/** For `measured/scale.ts`: the first rows of a file, or steps of a sequence. */
export interface Scale {
  readonly what: "naive-bayes" | "gmm" | "hmm";
  readonly rows: number;
  /** Rows of the file. */
  readonly most: number;
  readonly threads: number;
}

const inMeasured = (file: string): string => fileURLToPath(new URL(`measured/${file}`, import.meta.url));

/** The figures of a program in `measured/`, in a process of its own. */
export const measured = (name: string, given: object, limit?: number): Promise<Figures | undefined> =>
  figuresOf(process.execPath, ["--import", "tsx", inMeasured(`${name}.ts`), JSON.stringify(given)], {
    limit,
  });

/** The times of importing, with nothing but Node between. */
export const measuredImport = (): Promise<Figures | undefined> =>
  figuresOf(process.execPath, [inMeasured("import.mjs")]);
