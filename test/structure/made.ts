import { type Package, type PackageJson, packageOf } from "./package.js";

const scripts = { build: "", typecheck: "", lint: "", test: "", "check:package": "" };

/** A made-up package in the right shape, and what a rule's bad example changes of it. */
export function made(
  folder: string,
  json: Partial<PackageJson> = {},
  files: Record<string, string> = {},
): Package {
  const name = `@gen/${folder.split("/").at(-1) ?? ""}`;
  const good: PackageJson = {
    name,
    description: "Made up",
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.19" },
    files: ["dist", "README.md", "LICENSE"],
    scripts,
    exports: {
      ".": { "@gen/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
    },
    ...json,
  };
  const readme = ["What", "When", "Install", "Use", "API", "References"]
    .map((title) => `## ${title}\n`)
    .join("\n");
  return packageOf(
    folder,
    good,
    new Map(Object.entries({ LICENSE: "MIT", "README.md": readme, "src/index.ts": "", ...files })),
  );
}

const parts = ["manifest", "model", "trainer", "index"];

/** A made-up family. */
export function madeFamily(
  folder: string,
  json: Partial<PackageJson> = {},
  files: Record<string, string> = {},
): Package {
  const plugin = { plugin: "./dist/index.js", manifest: "./dist/manifest.js" };
  const all = Object.fromEntries(
    parts.flatMap((part) => [`src/${part}.ts`, `src/${part}.test.ts`]).map((file) => [file, ""]),
  );
  return made(
    folder,
    { keywords: ["gen-plugin"], gen: { plugins: [plugin] }, ...json },
    { ...all, ...files },
  );
}
