import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** `packageManager` of package.json, the one place where pnpm's version is written. */
export function pinnedPnpm() {
  return JSON.parse(readFileSync(`${root}/package.json`, "utf8")).packageManager;
}

/** Exit code of a finished child; 128 + the signal's number where a signal ended it, as shells have it. */
export function exitCode(child) {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

const windows = process.platform === "win32";

/** Runs the pinned pnpm, fetched by npx when this machine has none, and gives its exit code. */
export function pnpm(args, { env = {}, ...options } = {}) {
  const child = spawn("npx", ["--yes", pinnedPnpm(), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ...env },
    shell: windows,
    ...options,
  });
  return exitCode(child);
}

/** Installs exactly what the lock file says. `CI` keeps pnpm from asking before it replaces a foreign node_modules. */
export function install() {
  return pnpm(["install", "--frozen-lockfile"], { env: { CI: "true" } });
}
