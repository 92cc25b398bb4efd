// Assembles WebAssembly from its readable source: node assemble.mjs src/kernel.wat writes src/kernel.wasm.ts beside it.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

/** What `kernel.wasm.ts` contains for the source `kernel.wat`. */
export async function assembled(source) {
  const name = basename(source, ".wat");
  const { parseWat } = await wabt();
  const { buffer } = parseWat(source, readFileSync(source, "utf8"), { simd: true }).toBinary({});
  const text = Buffer.from(buffer).toString("base64");
  return `/** Assembled from ${name}.wat by scripts/assemble.mjs. */\nexport const ${name}Module =\n  "${text}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const source of process.argv.slice(2))
    writeFileSync(source.replace(/\.wat$/, ".wasm.ts"), await assembled(source));
