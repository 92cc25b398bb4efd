// Type-checks every TypeScript example of the READMEs and guides, in one program, against the sources.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { examplesOf } from "./examples.mjs";
import { exitCode, root } from "./pnpm.mjs";

const folder = join(root, ".cache/readmes");

function foldersOf(house) {
  const path = join(root, house);
  return existsSync(path) ? readdirSync(path).map((name) => `${house}/${name}`) : [];
}

const packages = [...foldersOf("packages"), ...foldersOf("apps")].filter((name) =>
  existsSync(join(root, name, "package.json")),
);
const guides = existsSync(join(root, "docs"))
  ? readdirSync(join(root, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`)
  : [];
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  ...guides,
  ...packages.map((name) => `${name}/README.md`),
].filter((name) => existsSync(join(root, name)));

/** Where each of our entries has its source, for examples stand outside the packages that could resolve them. */
function paths() {
  const entries = packages.flatMap((name) => {
    const { name: own, exports = {} } = JSON.parse(readFileSync(join(root, name, "package.json"), "utf8"));
    return Object.entries(exports)
      .filter(([, target]) => target["@gen/source"] !== undefined)
      .map(([entry, target]) => [
        own + entry.slice(1),
        [relative(folder, join(root, name, target["@gen/source"]))],
      ]);
  });
  return Object.fromEntries(entries);
}

rmSync(folder, { recursive: true, force: true });
let count = 0;
for (const document of documents) {
  for (const { line, code } of examplesOf(readFileSync(join(root, document), "utf8"))) {
    // Empty lines before it give an example the line numbers of its document.
    const file = join(folder, `${document}.${line}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${"\n".repeat(line)}${code}\nexport {};\n`);
    count++;
  }
}
if (count === 0) {
  console.error("No document has an example in TypeScript.");
  process.exit(1);
}
const settings = {
  extends: relative(folder, join(root, "tsconfig.base.json")),
  compilerOptions: {
    types: ["node"],
    noUnusedLocals: false,
    noUnusedParameters: false,
    rootDir: relative(folder, root),
    paths: paths(),
  },
  include: ["**/*.ts"],
};
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings, null, 2));
const tsc = spawn(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = await exitCode(tsc);
console.log(
  `${count} examples of ${documents.length} documents ${process.exitCode === 0 ? "compile" : "checked"}.`,
);
