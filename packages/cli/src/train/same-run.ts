import { isDeepStrictEqual } from "node:util";
import { specToJson, type AnyInstance, type Json, type Key, type Parts, type Trainer } from "@gen/core";
import { otherRun } from "./mark.js";

interface Begun {
  readonly model: AnyInstance;
  readonly trainer: Trainer;
  readonly key: Key;
}

type Item = readonly [shown: string, json: Json | undefined];

/**
 * Checks that a file is of the run that has just been begun anew, by what the file says of itself.
 * Throws `InputError` naming what differs.
 */
export function checkSameRun(metadata: ReadonlyMap<string, string>, begun: Begun): void {
  const differing = expected(begun).flatMap(([item, [shown, json]]) => {
    const saved = item === "plugin" || item === "version" ? metadata.get(item) : parsed(metadata.get(item));
    // A finished run's file says nothing of how it was trained.
    if (item === "training" && saved === undefined) return [];
    return differences(saved, plain(json), shown);
  });
  if (differing.length > 0) throw otherRun([...new Set(differing)]);
}

function expected({ model, trainer, key }: Begun): readonly (readonly [string, Item])[] {
  const { plugin, encoding, over } = model;
  return [
    ["plugin", ["the plugin", plugin.manifest.id]],
    ["version", ["the plugin's version", plugin.manifest.version]],
    ["config", ["", model.config]],
    ["training", ["", trainer.config]],
    ["spec", ["the data", specToJson(encoding.from)]],
    ["encoding", ["the data", encoding.toJSON()]],
    ["over", ["--over", over && describe(over)]],
    ["key", ["--seed", key.data]],
  ];
}

function describe({ plugin, config, encoding, over }: Parts): Json {
  const { id, version } = plugin.manifest;
  const described = {
    plugin: id,
    version,
    config,
    spec: specToJson(encoding.from),
    encoding: encoding.toJSON(),
  };
  return over === undefined ? described : { ...described, over: describe(over) };
}

/** Settings are named one by one; whatever else differs, by what it shows in. */
function differences(saved: unknown, own: unknown, shown: string): readonly string[] {
  if (isDeepStrictEqual(saved, own)) return [];
  if (shown !== "") return [shown];
  const [a, b] = [recordOf(saved), recordOf(own)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => !isDeepStrictEqual(a[name], b[name]))
    .map((name) => `${name} (${told(a[name])} there, ${told(b[name])} here)`);
}

const told = (value: unknown): string => (value === undefined ? "none" : JSON.stringify(value));

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const plain = (json: Json | undefined): unknown =>
  parsed(json === undefined ? undefined : JSON.stringify(json));

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
