// Assembles the optimizer's kernel: src/optimizer/adam.wat to adam.wasm.ts beside it.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

const folder = fileURLToPath(new URL("../src/optimizer/", import.meta.url));

/** The source of adam.wasm.ts. */
export async function assembled() {
  const { parseWat } = await wabt();
  const module = parseWat("adam.wat", readFileSync(`${folder}adam.wat`, "utf8"), { simd: true });
  const { buffer } = module.toBinary({});
  const text = Buffer.from(buffer).toString("base64");
  return `/** Assembled from adam.wat by scripts/assemble.mjs. */\nexport const adamModule =\n  "${text}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(`${folder}adam.wasm.ts`, await assembled());
