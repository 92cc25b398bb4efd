import { describe, load, readSafetensors, specFromJson, type Json, type NamedArray } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import type { Flags } from "../arguments/flags.js";
import { catalogue } from "../discovery/catalogue.js";
import { another, pluginsOf } from "../files/model.js";
import { naming } from "../files/naming.js";
import { readInput } from "../files/paths.js";
import { line, type Io } from "../io.js";
import { columns } from "../words.js";

/** `gen info`: what a model file says of itself, and what its model can do. */
export async function describeFile(flags: Flags, io: Io): Promise<void> {
  const path = flags.positionals[0]!;
  const bytes = await readInput(path, io.cwd);
  const installed = await catalogue(io);
  const plugins = await naming(path, another, () => pluginsOf(bytes, installed));
  await useBackend();
  using model = await naming(path, another, () => load(bytes, plugins));
  const { metadata, tensors } = readSafetensors(bytes);
  const item = (name: string): Json => parsed(metadata.get(name));
  const spec = specFromJson(item("spec"));
  const told = {
    file: path,
    plugin: metadata.get("plugin") ?? "",
    version: metadata.get("version") ?? "",
    config: item("config"),
    training: item("training"),
    data: describe(spec),
    encoding: encodingIds(item("encoding")),
    over: overId(item("over")),
    step: item("step"),
    key: item("key"),
    parameters: count(tensors, "model/"),
    slots: count(tensors, "slots/"),
    bytes: bytes.length,
    capabilities: [...model.capabilities].sort(),
    absent: model.absent ?? {},
  };
  if (flags.has("json")) line(io.stdout, JSON.stringify(told));
  else {
    const rows = Object.entries(told).filter(([, value]) => value !== null && JSON.stringify(value) !== "{}");
    line(io.stdout, columns(rows.map(([name, value]) => [name, shown(value)])));
  }
}

const parsed = (text: string | undefined): Json => (text === undefined ? null : (JSON.parse(text) as Json));

const count = (tensors: ReadonlyMap<string, NamedArray>, section: string): number =>
  [...tensors].reduce((sum, [name, { data }]) => (name.startsWith(section) ? sum + data.length : sum), 0);

const isObject = (json: Json | undefined): json is Readonly<Record<string, Json>> =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/** The steps of an encoding by their names. */
function encodingIds(json: Json): readonly string[] {
  if (!isObject(json)) return [];
  const { id, parts } = json;
  if (Array.isArray(parts)) return (parts as readonly Json[]).flatMap(encodingIds);
  return typeof id === "string" ? [id] : [];
}

const overId = (json: Json): Json => (isObject(json) ? (json["plugin"] ?? null) : null);

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}=${typeof inner === "string" ? inner : JSON.stringify(inner)}`)
    .join(", ");
}
