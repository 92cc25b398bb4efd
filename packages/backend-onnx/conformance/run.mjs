// Runs the test suite that @tensorflow/tfjs-core publishes, on the cpu back end and on this one.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const cache = `${folder}node_modules/.cache/conformance`;
mkdirSync(cache, { recursive: true });
await build({
  entryPoints: [`${folder}conformance/suite.mjs`],
  outfile: `${cache}/suite.mjs`,
  bundle: true,
  platform: "node",
  format: "esm",
  // The published files say that they have no side effects, and yet register kernels and flags.
  ignoreAnnotations: true,
  mainFields: ["module", "main"],
  external: ["onnxruntime-node", "jasmine", "node-fetch"],
  logLevel: "error",
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});

/** The names of the tests of a back end that passed and that failed, with their messages. */
function results(backend) {
  const file = `${cache}/${backend}.json`;
  const { status, error } = spawnSync(process.execPath, [`${cache}/suite.mjs`, backend, file], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (error || status !== 0)
    throw error ?? new Error(`The suite ended with exit code ${status} on ${backend}.`);
  return JSON.parse(readFileSync(file, "utf8"));
}

const known = JSON.parse(readFileSync(`${folder}conformance/known.json`, "utf8"));
const [cpu, onnx] = [results("cpu"), results("onnx")];
const passed = new Set(onnx.passed);
const missing = cpu.passed.filter((name) => !passed.has(name));
for (const name of missing)
  console.log(`${known[name] ? "known" : "NEW  "}  ${name}: ${known[name] ?? onnx.failed[name]}`);
const { native, fallback } = onnx.coverage.calls;
const total = (calls) => Object.values(calls).reduce((sum, count) => sum + count, 0);
console.log(`kernels: ${onnx.coverage.native.length} native, ${onnx.coverage.fallback.length} fallback`);
console.log(`calls: ${total(native)} native, ${total(fallback)} fallback`);
const share = 1 - missing.length / cpu.passed.length;
console.log(
  `onnx passes ${cpu.passed.length - missing.length} of the ${cpu.passed.length} tests that cpu passes: ${(100 * share).toFixed(2)} %`,
);
const unexplained = missing.filter((name) => !known[name]);
if (share < 0.995 || unexplained.length > 0) process.exitCode = 1;
