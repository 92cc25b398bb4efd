// pnpm test:install: what a stranger gets. Packs core and gmm, installs them by npm in an empty folder outside the
// repository, and runs the README's first example as TypeScript and as JavaScript.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { build } from "./build.mjs";
import { firstBlock } from "./examples.mjs";
import { root } from "./pnpm.mjs";

const packed = ["core", "gmm"];
const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const here = mkdtempSync(join(tmpdir(), "gen-install-"));
const windows = process.platform === "win32";

function command(name, args, cwd = here) {
  console.log(`$ ${[name, ...args].join(" ")}`);
  return execFileSync(name, args, {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    shell: windows,
  });
}

function must(condition, otherwise) {
  if (!condition) throw new Error(otherwise);
}

/** The tarball of each package, by the package's name. */
function pack() {
  const tarballs = new Map();
  for (const name of packed) {
    const out = command("pnpm", ["pack", "--json", "--pack-destination", here], join(root, "packages", name));
    const { name: own, filename } = JSON.parse(out);
    tarballs.set(own, filename);
  }
  return tarballs;
}

/** The README's own line of installation, with our tarballs in the place of what is on the registry. */
function install(readme, tarballs) {
  const line = /^npm install (.+)$/m.exec(firstBlock(readme, "Install", "sh|bash|shell") ?? "")?.[1];
  must(line !== undefined, 'gmm\'s README has no "npm install …" under "## Install".');
  const wanted = line.split(/\s+/).filter((word) => !word.startsWith("-"));
  for (const name of wanted) {
    must(
      !name.startsWith("@gen/") || tarballs.has(name),
      `gmm's README installs ${name}, which it should not need.`,
    );
  }
  // Whatever the line leaves to its dependency still comes from here, not from a registry.
  const others = wanted.filter((name) => !name.startsWith("@gen/"));
  const tools = ["typescript", "tsx", "@types/node"].map((name) => `${name}@${devDependencies[name]}`);
  command("npm", ["install", "--no-audit", "--no-fund", ...tarballs.values(), ...others, ...tools]);
}

/** What core imports only when it is installed: the native back end, which `useBackend("auto")` looks for. */
const optional = "@gen/backend-onnx";

/** Only core and gmm came, and neither reaches for more. */
function assertAlone() {
  const ours = readdirSync(join(here, "node_modules/@gen")).sort();
  must(ours.join() === packed.join(), `Beside ${packed.join(" and ")} came ${ours.join(", ")} of @gen.`);
  for (const name of packed) {
    const dist = join(here, "node_modules/@gen", name, "dist");
    for (const file of readdirSync(dist).filter((entry) => entry.endsWith(".js"))) {
      const imports = /(?:from|import|import\()\s*["'](@gen\/[^"'/]+)/g;
      for (const [, other] of readFileSync(join(dist, file), "utf8").matchAll(imports))
        must(
          [optional, "@gen/core", `@gen/${name}`].includes(other),
          `@gen/${name}/dist/${file} reaches for ${other}.`,
        );
    }
  }
}

function runExample(readme) {
  const example = firstBlock(readme, "Use", "ts");
  must(example !== undefined, 'gmm\'s README has no example in TypeScript under "## Use".');
  const settings = {
    target: "ES2022",
    module: "NodeNext",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  };
  writeFileSync(
    join(here, "tsconfig.json"),
    JSON.stringify({ compilerOptions: settings, files: ["example.ts"] }),
  );
  writeFileSync(join(here, "example.ts"), `${example}\nexport {};\n`);
  writeFileSync(join(here, "example.js"), transformSync(example, { loader: "ts", format: "esm" }).code);
  command(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."]);
  const typescript = command(process.execPath, ["--import", "tsx", "example.ts"]);
  const javascript = command(process.execPath, ["example.js"]);
  must(javascript.trim() !== "", "The example prints nothing.");
  must(typescript === javascript, "The example prints one thing as TypeScript and another as JavaScript.");
  console.log(javascript.trimEnd());
}

try {
  for (const name of packed) await build(`@gen/${name}`);
  writeFileSync(
    join(here, "package.json"),
    JSON.stringify({ name: "stranger", private: true, type: "module" }),
  );
  const readme = readFileSync(join(root, "packages/gmm/README.md"), "utf8");
  install(readme, pack());
  assertAlone();
  runExample(readme);
  console.log("core and gmm work installed alone.");
} finally {
  rmSync(here, { recursive: true, force: true });
}
