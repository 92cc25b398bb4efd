import type { Capability } from "../capabilities/types.js";
import { InputError } from "../errors.js";
import { nearest } from "./nearest.js";
import type { Plugin } from "./types.js";

/** The plugins that a program has chosen: a value, not a global. */
export interface Registry<P extends Plugin = Plugin> {
  readonly list: readonly P[];
  /** The plugin of an id. Throws `InputError` naming what there is. */
  get<const Id extends P["manifest"]["id"]>(id: Id): Extract<P, { readonly manifest: { readonly id: Id } }>;
  /** The plugins whose models have a capability, always or sometimes. */
  with(capability: Capability): readonly P[];
}

/** A registry of plugins. Throws `InputError` when two have the same id. */
export function createRegistry<const P extends readonly Plugin[]>(...plugins: P): Registry<P[number]> {
  const byId = new Map<string, P[number]>();
  for (const plugin of plugins) {
    const { id } = plugin.manifest;
    if (byId.has(id))
      throw new InputError(`There are two plugins with the id "${id}"; leave one of them out.`);
    byId.set(id, plugin);
  }
  return {
    list: plugins,
    get<const Id extends string>(id: Id) {
      const plugin = byId.get(id);
      if (plugin === undefined) throw unknownPlugin(id, [...byId.keys()]);
      // Found under this id, which the type can't follow through a Map.
      return plugin as Extract<P[number], { readonly manifest: { readonly id: Id } }>;
    },
    with: (capability) =>
      plugins.filter(
        ({ manifest }) =>
          manifest.capabilities.includes(capability) || capability in (manifest.sometimes ?? {}),
      ),
  };
}

/** The error for an id that no plugin has. */
function unknownPlugin(id: string, installed: readonly string[]): InputError {
  const meant = nearest(id, installed);
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  const list = installed.length === 0 ? "none" : installed.join(", ");
  const name = JSON.stringify(id.length > 80 ? `${id.slice(0, 80)}…` : id);
  return new InputError(
    `There is no plugin ${name}.${hint} Install the package that brings it (by convention ${name} or "@gen/…" of that name); installed: ${list}.`,
  );
}
