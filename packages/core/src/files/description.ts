import { specFromJson } from "../data/index.js";
import type { DataSpec } from "../data/types.js";
import { InputError } from "../errors.js";
import type { Json } from "../types.js";
import { format } from "./layout.js";

/** What a model is, as its file says it. */
export interface Description {
  readonly plugin: string;
  readonly version: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly spec: DataSpec;
  readonly encoding: Json;
  readonly over?: Description;
}

/** What a file says of the training that it can go on with. */
export interface TrainingDescription {
  readonly config: Readonly<Record<string, Json>>;
  readonly key: readonly number[];
  readonly step: number;
}

const descriptionItems = ["plugin", "version", "config", "spec", "encoding", "over"];
const known = ["format", "checksum", "training", "key", "step", ...descriptionItems];

/** First stages within first stages. */
const deepest = 8;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const bad = (trouble: string, options?: ErrorOptions): InputError =>
  new InputError(`Not a usable model file: ${trouble}.`, options);

/** The model's description in a file's metadata. Throws `InputError` naming the item that is missing or wrong. */
export function readDescription(metadata: ReadonlyMap<string, string>): Description {
  if (metadata.get("format") !== format) {
    throw bad(
      `its metadata do not say "format": "${format}"; it was written by other software or a newer version`,
    );
  }
  for (const name of metadata.keys()) {
    if (!known.includes(name))
      throw bad(`its metadata have an unknown item ${JSON.stringify(name.slice(0, 80))}`);
  }
  const items = [...metadata].filter(([name]) => descriptionItems.includes(name));
  return fromJson(
    Object.fromEntries(items.map(([name, text]) => [name, plain.includes(name) ? text : parse(name, text)])),
    0,
  );
}

const plain: readonly string[] = ["plugin", "version"];

/** The training part of the metadata; undefined when the file holds none. Throws `InputError`. */
export function readTraining(metadata: ReadonlyMap<string, string>): TrainingDescription | undefined {
  const items = (["training", "key", "step"] as const).map((name) => {
    const text = metadata.get(name);
    return text === undefined ? undefined : parse(name, text);
  });
  const [config, key, step] = items;
  if (config !== undefined && !isRecord(config)) throw bad("the metadata item training is not a JSON object");
  if (key !== undefined && !(Array.isArray(key) && key.every((word) => typeof word === "number"))) {
    throw bad("the metadata item key is not two integers");
  }
  if (step !== undefined && !(typeof step === "number" && Number.isSafeInteger(step) && step >= 0)) {
    throw bad("the metadata item step is not a count of steps");
  }
  return config === undefined || key === undefined || step === undefined ? undefined : { config, key, step };
}

function parse(name: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw bad(`the metadata item ${name} is not JSON`, { cause });
  }
}

function fromJson(json: Json, depth: number): Description {
  if (!isRecord(json)) throw bad("the metadata item over is not a JSON object");
  if (depth > deepest) throw bad(`it has more than ${deepest} first stages within each other`);
  const { plugin, version, config, spec, encoding, over } = json;
  if (typeof plugin !== "string") throw bad("it does not name a plugin");
  if (typeof version !== "string") throw bad("it does not name the plugin's version");
  if (!isRecord(config)) throw bad("its config is not a JSON object");
  if (encoding === undefined) throw bad("it has no encoding");
  const first = over === undefined ? {} : { over: fromJson(over, depth + 1) };
  return {
    plugin,
    version,
    config: config,
    spec: specFromJson(spec),
    encoding: encoding,
    ...first,
  };
}
