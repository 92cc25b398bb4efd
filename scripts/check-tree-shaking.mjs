// Importing one distribution must not bring the others: bundles one from the built core and looks for other classes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./pnpm.mjs";

const core = join(root, "packages/core");
// Each stands on no other distribution.
const alone = ["Normal", "Gamma", "Categorical"];
const entries = { "@gen/core": "dist/index.js", "@gen/core/distributions": "dist/distributions.js" };

function distributionNames() {
  const folder = join(core, "src/distributions");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  return files.flatMap((name) =>
    [...readFileSync(join(folder, name), "utf8").matchAll(/^export class (\w+)/gm)].map((match) => match[1]),
  );
}

async function bundle(name, file) {
  const result = await build({
    stdin: { contents: `export { ${name} } from "./${file}";`, resolveDir: core },
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "error",
    external: ["@tensorflow/*"],
  });
  return result.outputFiles[0].text;
}

const names = distributionNames();
let failed = false;
for (const name of alone) {
  for (const [entry, file] of Object.entries(entries)) {
    const text = await bundle(name, file);
    const brought = names.filter((other) =>
      new RegExp(`\\bclass ${other}\\b|\\b${other} = class\\b`).test(text),
    );
    const good = brought.length === 1 && brought[0] === name;
    if (!good) failed = true;
    console.log(`${good ? "✓" : "✗"} { ${name} } from "${entry}" brings ${brought.join(", ") || "nothing"}`);
  }
}
process.exitCode = failed ? 1 : 0;
