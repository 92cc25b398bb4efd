import { InputError, type Manifest } from "@gen/core/manifest";
import type { Plugin } from "@gen/core";
import { line, type Io } from "../io.js";
import { findPlugins, type Broken, type Found } from "./packages.js";
import { isManifest, isPlugin } from "./shapes.js";

/** An installed plugin: its manifest is there, its code is imported when asked for. */
interface Installed {
  readonly package: string;
  readonly manifest: Manifest;
  /** Throws `InputError` when its code can't be used. */
  readonly load: () => Promise<Plugin>;
}

export interface Catalogue {
  readonly all: readonly Installed[];
  /** The plugin of an id. Throws `InputError` naming what is installed. */
  get(id: string): Installed;
}

/** What is installed, by id; what is broken is named on stderr and left out. */
export async function catalogue(io: Io): Promise<Catalogue> {
  const read = await Promise.all((await findPlugins(io)).map(readManifest));
  const byId = new Map<string, Installed>();
  const skip = (name: string, trouble: string): unknown =>
    line(io.stderr, `gen: left out ${name}: ${trouble}.`);
  for (const one of read) {
    if ("trouble" in one) skip(one.package, one.trouble);
    else if (byId.has(one.manifest.id)) {
      skip(
        one.package,
        `its plugin "${one.manifest.id}" is brought by ${byId.get(one.manifest.id)!.package} already`,
      );
    } else byId.set(one.manifest.id, one);
  }
  const all = [...byId.values()].sort((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
  return {
    all,
    get(id) {
      const installed = byId.get(id);
      if (installed !== undefined) return installed;
      const list = all.map(({ manifest }) => manifest.id).join(", ") || "none";
      throw new InputError(
        `There is no plugin "${id}" here; installed: ${list}; npm install the package that brings it.`,
      );
    },
  };
}

async function readManifest(found: Found | Broken): Promise<Installed | Broken> {
  if ("trouble" in found) return found;
  const { package: name } = found;
  let exported: unknown;
  try {
    exported = await import(/* @vite-ignore */ found.manifest);
  } catch (error) {
    return { package: name, trouble: `its manifest can't be imported (${reason(error)})` };
  }
  const { manifest } = exported as { readonly manifest?: unknown };
  if (!isManifest(manifest))
    return { package: name, trouble: 'its manifest module has no export "manifest" of the right shape' };
  return { package: name, manifest, load: () => loadPlugin(found, manifest.id) };
}

async function loadPlugin({ package: name, plugin: address }: Found, id: string): Promise<Plugin> {
  let exported: unknown;
  try {
    exported = await import(/* @vite-ignore */ address);
  } catch (cause) {
    throw new InputError(
      `The plugin "${id}" of ${name} can't be imported (${reason(cause)}); install it anew.`,
      { cause },
    );
  }
  const plugin = (exported as { readonly default?: unknown }).default;
  if (isPlugin(plugin) && plugin.manifest.id === id) return plugin;
  throw new InputError(
    `The plugin "${id}" of ${name} has no default export that is that plugin; install it anew.`,
  );
}

const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
