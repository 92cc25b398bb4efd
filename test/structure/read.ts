import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Package, packageOf, type PackageJson } from "./package.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

const unread = new Set(["node_modules", "dist", "coverage", "embedded", "peers", "oracles"]);
const text = /\.(ts|tsx|mts|mjs|js|css|html|md|json|txt)$|^LICENSE$/;

/** Text files below a folder, by their path from it. */
function filesBelow(folder: string, prefix = ""): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) {
      if (unread.has(entry.name) || entry.name.startsWith(".")) continue;
      for (const [inner, content] of filesBelow(folder, path)) files.set(inner, content);
    } else if (text.test(entry.name)) files.set(path, readFileSync(join(folder, path), "utf8"));
  }
  return files;
}

function readPackage(folder: string): Package {
  const files = filesBelow(join(root, folder));
  return packageOf(folder, JSON.parse(files.get("package.json") ?? "{}") as PackageJson, files);
}

/** The packages of the workspace, with bench. */
export function readPackages(): Package[] {
  const houses = ["packages", "apps"].filter((house) => existsSync(join(root, house)));
  const folders = houses.flatMap((house) => readdirSync(join(root, house)).map((name) => `${house}/${name}`));
  return [...folders.sort(), "bench"]
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .map(readPackage);
}
