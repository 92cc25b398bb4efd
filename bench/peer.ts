import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { figuresOf } from "./child.js";
import type { BenchOptions, Figures, Item, Mode } from "./item.js";

const folder = fileURLToPath(new URL("peers", import.meta.url));

const install =
  "apt-get install -y --no-install-recommends python3-torch python3-sklearn python3-scipy " +
  "libopenblas0-openmp python3-threadpoolctl";

/** OpenBLAS on torch's own threads (peers/README.md), also where another build is the system's choice. */
const openBlas = ["x86_64", "aarch64"]
  .map((processor) => `/usr/lib/${processor}-linux-gnu/openblas-openmp`)
  .filter((place) => existsSync(place));

function python(): string {
  const given = process.env["PYTHON"];
  if (given !== undefined && given !== "") return given;
  return existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
}

/** Why the peer can't run here and what to install, or undefined where it can. */
export function peerTrouble({ packages }: Pick<Item, "packages">): string | undefined {
  const program = python();
  const { status, error } = spawnSync(program, ["-c", `import ${packages.join(", ")}`], {
    stdio: "ignore",
  });
  if (error === undefined && status === 0) return undefined;
  const missing =
    error === undefined ? `${program} lacks one of ${packages.join(", ")}` : `there is no ${program}`;
  return `The Python peer is left out: ${missing}. On Debian: ${install} (or set PYTHON to another Python).`;
}

export interface PeerOptions extends Pick<
  BenchOptions,
  "mnist" | "fashion" | "text" | "threads" | "seed" | "steps" | "epochs"
> {
  /** Speed: nothing but steps, timed for so long. */
  readonly seconds?: number;
  /** Quality: a file of samples to score instead of training. */
  readonly score?: string;
}

function argumentsOf(item: Item, mode: Mode, options: PeerOptions): string[] {
  const given: readonly (readonly [string, string | number | undefined])[] = [
    ["mode", mode],
    ["threads", options.threads],
    ["seed", options.seed],
    ["data", options.mnist],
    ["fashion", options.fashion],
    ["text", options.text],
    ["steps", options.steps],
    ["epochs", item.takes?.includes("epochs") === true ? options.epochs : undefined],
    ["seconds", options.seconds],
    ["score", options.score],
  ];
  return given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
}

/** Runs a script of `peers` to its end. */
export async function runScript(script: string, args: readonly string[]): Promise<Figures> {
  const places = [...openBlas, process.env["LD_LIBRARY_PATH"]].filter(Boolean);
  const figures = await figuresOf(
    python(),
    [join(folder, script), ...args],
    places.length > 0 ? { environment: { LD_LIBRARY_PATH: places.join(":") } } : {},
  );
  return figures!;
}

/** Runs the peer to its end. */
export const runPeer = (item: Item, mode: Mode, options: PeerOptions): Promise<Figures> =>
  runScript(item.script, argumentsOf(item, mode, options));
