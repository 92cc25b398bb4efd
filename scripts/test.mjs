// npm test: installs what is missing, then every gate in turn; the first that fails stops the run.
import { resolve } from "node:path";
import { install, pnpm } from "./pnpm.mjs";

// Each package's tests run in its own folder.
for (const name of ["GEN_ORACLES", "GEN_DATA"]) {
  if (process.env[name]) process.env[name] = resolve(process.env[name]);
}
// Turbo knows the names of the environment's folders but not what is in them: with one given, nothing is taken from its cache.
const fresh = process.env.GEN_ORACLES || process.env.GEN_DATA ? ["--force"] : [];
const turbo = (task, ...options) =>
  pnpm(["exec", "turbo", "run", task, "--output-logs=errors-only", ...options]);
const script = (name) => pnpm(["run", "--silent", name]);

const gates = {
  install,
  build: () => turbo("build"),
  typecheck: async () => (await turbo("typecheck")) || script("typecheck:root"),
  lint: async () => (await turbo("lint")) || script("lint:root"),
  format: () => script("format:check"),
  test: () => turbo("test", "--concurrency=1", ...fresh),
  structure: () => script("test:structure"),
  knip: () => script("knip"),
  sherif: () => script("sherif"),
  packages: () => turbo("check:package"),
  size: () => script("size"),
  readmes: () => script("test:readme"),
  fuzz: () => script("test:fuzz"),
  installed: () => script("test:install"),
};

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const begin = performance.now();
let passed = 0;
let failure;
for (const [name, gate] of Object.entries(gates)) {
  console.log(`\n== ${name}`);
  const since = performance.now();
  const code = await gate();
  console.log(`== ${name}: ${code === 0 ? "passed" : `failed (exit code ${code})`} in ${seconds(since)}`);
  if (code !== 0) {
    failure = name;
    break;
  }
  passed++;
}
const skipped = Object.keys(gates).length - passed - (failure ? 1 : 0);
if (failure) console.log(`\nStopped at ${failure}; ${skipped} gates after it did not run.`);
console.log(`\nTotal time ${seconds(begin)}.`);
console.log(`${passed} passed, ${failure ? 1 : 0} failed`);
process.exitCode = failure ? 1 : 0;
