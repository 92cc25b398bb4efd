import type { Manifest } from "@gen/core";
import { ofManifest } from "../../definition.js";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string";
const isList = (of: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(of);
const isRecordOf = (of: (value: unknown) => boolean) => (value: unknown) =>
  isRecord(value) && Object.values(value).every(of);
const orNone = (of: (value: unknown) => boolean) => (value: unknown) => value === undefined || of(value);

const parts: Readonly<Record<keyof Manifest, (value: unknown) => boolean>> = {
  id: isText,
  version: isText,
  title: isRecord,
  summary: isRecord,
  capabilities: isList(isText),
  sometimes: orNone(isRecordOf(isText)),
  data: isList(isRecord),
  model: isRecordOf(isRecord),
  training: isRecordOf(isRecord),
  sampling: isRecordOf(isRecord),
  budget: isRecordOf((value) => typeof value === "number"),
  presets: orNone(isRecordOf(isRecordOf(isRecord))),
  references: isList(isText),
  exceptions: orNone(isRecordOf(isText)),
};

/** What keeps a manifest from being looked at any further, for plugins that no compiler has checked. */
export function shapeProblems(manifest: unknown): string[] {
  if (!isRecord(manifest)) return ["the plugin has no manifest"];
  return Object.entries(parts)
    .filter(([name, holds]) => !holds(manifest[name]))
    .map(([name]) => `${name} is missing or not what a manifest's ${name} is`);
}

export const manifestShape = ofManifest({
  id: "manifest-shape",
  why: "A manifest has all its parts, each of its type.",
  problems: ({ manifest }) => shapeProblems(manifest),
});
