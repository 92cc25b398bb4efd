// pnpm gen …: the command line of this repository, run in the caller's folder.
import { join } from "node:path";
import { run } from "./program.mjs";
import { root } from "./pnpm.mjs";

await run("@gen/cli", [join(root, "packages/cli/dist/bin.js")], process.env.INIT_CWD ?? process.cwd());
