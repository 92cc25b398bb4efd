import type { AnyInstance, Plugin } from "../plugin/types.js";
import { open } from "./open.js";
import { revive } from "./revive.js";

/**
 * The model of a file. It owns the first stage that it stands on, if any.
 * Throws `InputError` naming what is wrong with the file, or the plugin that it needs.
 */
export async function load(bytes: Uint8Array, plugins: readonly Plugin[]): Promise<AnyInstance> {
  const { description, tensors } = open(bytes);
  return Promise.resolve(revive(description, tensors, plugins));
}
