import type { Manifest } from "@gen/core/manifest";
import type { Plugin } from "@gen/core";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isText = (value: unknown): boolean => isRecord(value) && typeof value["en"] === "string";

/** Whether a stranger's module holds a manifest, as far as can be told. */
export const isManifest = (value: unknown): value is Manifest =>
  isRecord(value) &&
  typeof value["id"] === "string" &&
  typeof value["version"] === "string" &&
  isText(value["title"]) &&
  isText(value["summary"]) &&
  Array.isArray(value["capabilities"]) &&
  Array.isArray(value["data"]) &&
  value["data"].length > 0 &&
  [value["model"], value["training"], value["sampling"], value["budget"]].every(isRecord);

export const isPlugin = (value: unknown): value is Plugin =>
  isRecord(value) &&
  isManifest(value["manifest"]) &&
  typeof value["build"] === "function" &&
  typeof value["trainer"] === "function";
