// pnpm bench ITEM …: builds what is measured, then runs us and the peer.
import { join } from "node:path";
import { run } from "./program.mjs";
import { root } from "./pnpm.mjs";

await run("@gen/bench", ["--import", "tsx", join(root, "bench/run.ts")], root);
