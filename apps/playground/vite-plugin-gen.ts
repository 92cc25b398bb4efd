import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly gen?: { readonly plugins?: readonly { readonly plugin: string; readonly manifest: string }[] };
}

const virtual = "virtual:gen-plugins";

const read = (file: string): PackageJson => JSON.parse(readFileSync(file, "utf8")) as PackageJson;

/** The folder of an installed package, as Node looks for it. */
function folderOf(name: string, from: string): string | undefined {
  const folder = join(from, "node_modules", name);
  if (existsSync(join(folder, "package.json"))) return folder;
  return dirname(from) === from ? undefined : folderOf(name, dirname(from));
}

/** What to import for a file of a package: the name that exports it, so that conditions hold, else the file itself. */
function specifier(name: string, folder: string, file: string, { exports = {} }: PackageJson): string {
  const entry = Object.entries(exports).find(
    ([, target]) => (typeof target === "string" ? target : target["default"]) === file,
  );
  return entry === undefined ? join(folder, file) : name + entry[0].slice(1);
}

/** A module that lists, as imports to come, all plugins of the packages that an application depends on. */
export function listing(root: string): string {
  const { dependencies = {} } = read(join(root, "package.json"));
  const found = Object.keys(dependencies).flatMap((name) => {
    const folder = folderOf(name, root);
    if (folder === undefined) return [];
    const json = read(join(folder, "package.json"));
    return (json.gen?.plugins ?? []).map(({ plugin, manifest }) => ({
      plugin: specifier(name, folder, plugin, json),
      manifest: specifier(name, folder, manifest, json),
    }));
  });
  const list = (which: "plugin" | "manifest"): string =>
    found.map((one) => `  () => import(${JSON.stringify(one[which])}),`).join("\n");
  return `export const manifests = [\n${list("manifest")}\n];\nexport const plugins = [\n${list("plugin")}\n];\n`;
}

/** Gives `virtual:gen-plugins`: `manifests` and `plugins` of every dependency that has the field `gen`. */
export function genPlugins(root: string): Plugin {
  return {
    name: "gen-plugins",
    resolveId: (id) => (id === virtual ? `\0${virtual}` : undefined),
    load: (id) => (id === `\0${virtual}` ? listing(root) : undefined),
  };
}
