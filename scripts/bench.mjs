// pnpm bench ITEM …: builds what is measured, then runs us and the peer.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build } from "./build.mjs";
import { exitCode, root } from "./pnpm.mjs";

const given = process.argv.slice(2);
const args = given[0] === "--" ? given.slice(1) : given;

await build("@gen/bench");
const child = spawn(process.execPath, ["--import", "tsx", join(root, "bench/run.ts"), ...args], {
  cwd: root,
  stdio: "inherit",
});
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
process.exitCode = await exitCode(child);
