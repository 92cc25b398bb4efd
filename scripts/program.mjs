import { spawn } from "node:child_process";
import { build } from "./build.mjs";
import { exitCode } from "./pnpm.mjs";

/** Builds a package and hands over to a program of Node, with the words that this process was given. */
export async function run(needed, program, cwd) {
  const given = process.argv.slice(2);
  const args = given[0] === "--" ? given.slice(1) : given;
  await build(needed);
  const child = spawn(process.execPath, [...program, ...args], { cwd, stdio: "inherit" });
  // A terminal sends Ctrl-C to the child too, which ends in its own way; `kill` reaches only us.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.exitCode = await exitCode(child);
}
