import type { Manifest } from "@gen/core";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean =>
  isRecord(value) && typeof value["en"] === "string" && typeof value["zh"] === "string";

/** Whether a value has the parts of a manifest that the page reads. */
export const isManifest = (value: unknown): value is Manifest =>
  isRecord(value) &&
  ["id", "version"].every((name) => typeof value[name] === "string") &&
  ["title", "summary"].every((name) => isText(value[name])) &&
  ["model", "training", "sampling", "budget"].every((name) => isRecord(value[name])) &&
  ["capabilities", "data", "references"].every((name) => Array.isArray(value[name])) &&
  (value["data"] as readonly unknown[]).every(isRecord);

/** The manifest that a module exports. Throws `TypeError` when it exports none. */
export function manifestOf(module: unknown): Manifest {
  const manifest = isRecord(module) ? module["manifest"] : undefined;
  if (!isManifest(manifest)) throw new TypeError('A module has no export "manifest" of the right shape.');
  return manifest;
}
