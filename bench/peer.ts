import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchOptions, Figures, Item, Mode } from "./item.js";

const folder = fileURLToPath(new URL("peers", import.meta.url));

const install =
  "apt-get install -y --no-install-recommends python3-torch python3-sklearn python3-scipy " +
  "libopenblas0-openmp python3-threadpoolctl";

function python(): string {
  const given = process.env["PYTHON"];
  if (given !== undefined && given !== "") return given;
  return existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
}

/** Why the peer can't run here and what to install, or undefined where it can. */
export function peerTrouble(item: Item): string | undefined {
  const program = python();
  const { status, error } = spawnSync(program, ["-c", `import ${item.packages.join(", ")}`], {
    stdio: "ignore",
  });
  if (error === undefined && status === 0) return undefined;
  const missing =
    error === undefined ? `${program} lacks one of ${item.packages.join(", ")}` : `there is no ${program}`;
  return `The Python peer is left out: ${missing}. On Debian: ${install} (or set PYTHON to another Python).`;
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

function argumentsOf(item: Item, mode: Mode, options: BenchOptions): string[] {
  const given: readonly (readonly [string, string | number | undefined])[] = [
    ["mode", mode],
    ["threads", options.threads],
    ["seed", options.seed],
    ["data", options.mnist],
    ["text", options.text],
    ["steps", options.steps],
    ["epochs", item.takes?.includes("epochs") === true ? options.epochs : undefined],
  ];
  return given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
}

/** Runs the peer to its end; the last line that it prints is its figures. */
export async function runPeer(item: Item, mode: Mode, options: BenchOptions): Promise<Figures> {
  const child = spawn(python(), [join(folder, item.script), ...argumentsOf(item, mode, options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`The peer ${item.script} ended with exit code ${String(code)}.`);
  return flatten(JSON.parse(output.trim().split("\n").at(-1) ?? "") as Record<string, unknown>);
}
