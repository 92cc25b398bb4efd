import { membersOf } from "../capabilities/index.js";
import type { Capability } from "../capabilities/types.js";
import type { Model, Plugin } from "./types.js";

/**
 * Checks that a model can do what its manifest and it itself declare, for plugins that no compiler has checked.
 * Throws `TypeError` naming what is missing.
 */
export function checkMembers(plugin: Plugin, model: Model): void {
  const { id, capabilities, sometimes = {} } = plugin.manifest;
  for (const name of ["state", "restore", Symbol.dispose]) {
    if (!(name in model)) throw new TypeError(`Plugin "${id}": its model has no member "${String(name)}".`);
  }
  for (const capability of capabilities) {
    if (!model.capabilities.has(capability)) {
      throw new TypeError(
        `Plugin "${id}" declares the capability "${capability}", which its model does not name among its own.`,
      );
    }
  }
  for (const capability of model.capabilities) {
    if (!capabilities.includes(capability) && !(capability in sometimes)) {
      throw new TypeError(
        `Plugin "${id}": its model names the capability "${capability}", which its manifest does not declare.`,
      );
    }
    const missing = members(plugin, capability).filter((member) => !(member in model));
    if (missing.length > 0) {
      throw new TypeError(
        `Plugin "${id}" has the capability "${capability}" but its model lacks: ${missing.join(", ")}.`,
      );
    }
  }
}

const members = (plugin: Plugin, capability: Capability): readonly string[] =>
  plugin.defines?.[capability]?.members ?? membersOf(capability);
