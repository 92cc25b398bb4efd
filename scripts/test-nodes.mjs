// pnpm test:nodes [22 24]: the tests that meet native code, on other versions of Node, which npx fetches.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { exitCode, root } from "./pnpm.mjs";

const given = process.argv.slice(2).filter((argument) => argument !== "--");
const versions = given.length > 0 ? given : ["22", "24"];
const vitest = join(root, "node_modules/vitest/vitest.mjs");

/** What is run in which package. */
const suites = {
  "back end": ["backend-onnx", vitest, "run", "--reporter=dot"],
  "suite of TensorFlow.js": ["backend-onnx", "conformance/run.mjs"],
  "training and choice of back end": [
    "core",
    ...[vitest, "run", "--reporter=dot", "src/training", "src/backend/use-backend", "src/sampling/recorded"],
  ],
  "layers on all back ends": ["nn", vitest, "run", "--reporter=dot", "src/layers"],
};

/** Runs a version of Node in a package and gives its exit code. */
function node(version, [name, ...args]) {
  const child = spawn("npx", ["--yes", "-p", `node@${version}`, "--", "node", ...args], {
    cwd: join(root, "packages", name),
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  return exitCode(child);
}

const results = [];
for (const version of versions) {
  for (const [suite, args] of Object.entries(suites)) {
    console.log(`\n== Node ${version}: ${suite}`);
    const code = await node(version, args);
    results.push(`Node ${version}, ${suite}: ${code === 0 ? "passed" : `failed (exit code ${code})`}`);
    if (code !== 0) process.exitCode = 1;
  }
}
console.log(`\n${results.join("\n")}`);
