import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Io } from "../io.js";
import { installedIn, upward } from "./folders.js";

/** A plugin as its package.json tells of it: none of its code has run. */
export interface Found {
  readonly package: string;
  /** Addresses to import. */
  readonly plugin: string;
  readonly manifest: string;
}

export interface Broken {
  readonly package: string;
  readonly trouble: string;
}

/**
 * The plugins in reach of the caller's folder and of the program: packages with the keyword "gen-plugin", installed
 * in a node_modules folder there or above, and the packages that the folders themselves lie in.
 * Of packages of the same name the nearest counts.
 */
export async function findPlugins({
  cwd,
  home,
}: Pick<Io, "cwd" | "home">): Promise<readonly (Found | Broken)[]> {
  const found = new Map<string, readonly (Found | Broken)[]>();
  for (const folder of [...upward(cwd), ...upward(home)]) {
    const candidates = [folder, ...(await installedIn(join(folder, "node_modules")))];
    for (const described of await Promise.all(candidates.map(readPackage))) {
      if (described !== undefined && !found.has(described.name)) found.set(described.name, described.plugins);
    }
  }
  return [...found.values()].flat();
}

async function readPackage(folder: string) {
  let text: string;
  try {
    text = await readFile(join(folder, "package.json"), "utf8");
  } catch {
    return undefined;
  }
  // Most packages are no plugins, and need not be parsed.
  if (!text.includes('"gen-plugin"')) return undefined;
  const json = parsed(text);
  if (!isRecord(json) || !Array.isArray(json["keywords"]) || !json["keywords"].includes("gen-plugin"))
    return undefined;
  const name = typeof json["name"] === "string" ? json["name"] : folder;
  return { name, plugins: entries(name, json["gen"], await realpath(folder)) };
}

function entries(name: string, gen: unknown, folder: string): readonly (Found | Broken)[] {
  const plugins = isRecord(gen) ? gen["plugins"] : undefined;
  if (!Array.isArray(plugins) || plugins.length === 0) {
    return [{ package: name, trouble: 'its package.json has no list "gen.plugins"' }];
  }
  const address = (path: string): string => pathToFileURL(join(folder, path)).href;
  return plugins.map((entry: unknown) => {
    const { plugin, manifest } = isRecord(entry) ? entry : {};
    return typeof plugin === "string" && typeof manifest === "string"
      ? { package: name, plugin: address(plugin), manifest: address(manifest) }
      : { package: name, trouble: 'an entry of its "gen.plugins" lacks "plugin" or "manifest"' };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
