import { spawn } from "node:child_process";
import { join } from "node:path";
import { exitCode, pinnedPnpm, root } from "./pnpm.mjs";

/** Turbo looks for pnpm on the PATH, where `pnpm run` puts it and `npm run` does not. */
function turbo(args) {
  if (process.env.npm_config_user_agent?.startsWith("pnpm/")) {
    return [process.execPath, [join(root, "node_modules/turbo/bin/turbo"), ...args]];
  }
  return ["npx", ["--yes", pinnedPnpm(), "exec", "turbo", ...args]];
}

/** Milliseconds after which a build says that it is one: what is built already is found sooner. */
const patience = 3000;

/** Builds a package and all that it needs; says nothing unless it takes long, or fails, which ends this process. */
export async function build(name) {
  const [command, args] = turbo(["run", "build", `--filter=${name}`, "--output-logs=errors-only"]);
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    shell: command === "npx" && process.platform === "win32",
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
  const notice = setTimeout(
    () => console.error(`Building ${name} and what it needs; that takes minutes the first time.`),
    patience,
  );
  const code = await exitCode(child);
  clearTimeout(notice);
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  console.error(`Building ${name} failed.`);
  process.exit(1);
}
