// pnpm gallery [NAME…]: builds the command line, then makes the pictures of docs/gallery by it.
import { join } from "node:path";
import { run } from "./program.mjs";
import { root } from "./pnpm.mjs";

await run("@gen/cli", ["--import", "tsx", join(root, "bench/gallery/run.ts")], root);
