// pnpm gen …: the command line of this repository, run in the caller's folder.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build } from "./build.mjs";
import { exitCode, root } from "./pnpm.mjs";

const given = process.argv.slice(2);
const args = given[0] === "--" ? given.slice(1) : given;

await build("@gen/cli");
const child = spawn(process.execPath, [join(root, "packages/cli/dist/bin.js"), ...args], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: "inherit",
});
// A terminal sends Ctrl-C to the child too, which saves its checkpoint and says how it ended; `kill` reaches only us.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
process.exitCode = await exitCode(child);
