import type { Model, Manifest, Plugin } from "./types.js";

/** A plugin, typed: its model must have the members of every capability that the manifest declares. */
export const definePlugin = <const M extends Manifest, N extends Model<M["capabilities"][number]>>(
  plugin: Plugin<M, N>,
): Plugin<M, N> => plugin;
