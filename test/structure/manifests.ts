import { posix } from "node:path";
import { ownPackage } from "./arrows.js";
import { isPlugin, type Package, type SourceFile } from "./package.js";

interface Place {
  readonly one: Package;
  readonly source: SourceFile;
}

function find(one: Package | undefined, path: string): Place | undefined {
  const wanted = path.replace(/\.js$/, ".ts");
  const source = one?.sources.find((candidate) => candidate.path === wanted);
  return one !== undefined && source !== undefined ? { one, source } : undefined;
}

function follow(packages: readonly Package[], from: Place, specifier: string): Place | undefined {
  if (specifier.startsWith("."))
    return find(from.one, posix.join(posix.dirname(from.source.path), specifier));
  const owner = packages.find((one) => one.json.name === ownPackage(specifier));
  const target = owner?.json.exports?.[`.${specifier.slice(owner.json.name.length)}`];
  if (target === undefined || typeof target === "string") return undefined;
  return find(owner, (target["@gen/source"] ?? "").replace("./", ""));
}

/** The way from a file to TensorFlow.js along imports of values, or undefined where there is none. */
function wayToEngine(packages: readonly Package[], from: Place, seen: Set<SourceFile>): string[] | undefined {
  seen.add(from.source);
  const here = `${from.one.folder}/${from.source.path}`;
  for (const { specifier, typeOnly } of from.source.imports) {
    if (typeOnly) continue;
    if (specifier.startsWith("@tensorflow/") || specifier.startsWith("#")) return [here, specifier];
    const next = follow(packages, from, specifier);
    if (next === undefined || seen.has(next.source)) continue;
    const rest = wayToEngine(packages, next, seen);
    if (rest !== undefined) return [here, ...rest];
  }
  return undefined;
}

/** A manifest is plain data: no chain of imports leads from it to TensorFlow.js. */
export function manifests(packages: readonly Package[]): string[] {
  return packages.filter(isPlugin).flatMap((one) =>
    one.sources
      .filter(({ path }) => /(^|\/)manifest\.ts$/.test(path))
      .flatMap((source) => {
        const way = wayToEngine(packages, { one, source }, new Set());
        return way === undefined ? [] : [`a manifest leads to TensorFlow.js: ${way.join(" → ")}`];
      }),
  );
}
