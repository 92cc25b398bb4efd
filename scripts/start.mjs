// npm start: installs what is missing, builds, and serves the playground.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { install, pnpm, root } from "./pnpm.mjs";
import { serve } from "./serve.mjs";

const site = join(root, "apps/playground/dist");

function wantedPort() {
  const { values } = parseArgs({ options: { port: { type: "string" } } });
  const text = values.port ?? process.env.PORT ?? "5173";
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
  console.error(`The port must be an integer from 0 to 65535, not "${text}".`);
  process.exit(2);
}

async function must(what, exitCode) {
  const code = await exitCode;
  if (code === 0) return;
  console.error(`${what} failed.`);
  process.exit(code);
}

const port = wantedPort();
await must("Installing", install());
await must("Building", pnpm(["exec", "turbo", "run", "build", "--output-logs=errors-only"]));
if (!existsSync(join(site, "index.html"))) {
  console.error(`The build left no page in ${site}.`);
  process.exit(1);
}
const server = await serve(site, port);
console.log(`\nThe playground is at ${server.address} (Ctrl-C ends it).`);
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => server.close().then(() => process.exit(0)));
