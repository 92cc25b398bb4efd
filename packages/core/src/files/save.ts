import { specToJson } from "../data/index.js";
import type { Model, Parts } from "../plugin/types.js";
import type { Key } from "../random/types.js";
import type { NamedArray, Trainer } from "../training/types.js";
import type { Json } from "../types.js";
import { checksum, format, sections } from "./layout.js";
import { writeSafetensors } from "./write-safetensors.js";

/** What a checkpoint keeps beside the model. */
export interface SaveOptions {
  readonly trainer?: Trainer;
  /** Steps taken. */
  readonly step?: number;
  readonly key?: Key;
}

/**
 * The one file of a model, safetensors: what it is in the metadata, its state under `model/`, its first stage under
 * `over/`, a trainer's state under `slots/`. The same state gives the same bytes.
 */
export async function save(model: Parts & Model, options: SaveOptions = {}): Promise<Uint8Array> {
  const { trainer, step, key } = options;
  const { plugin, version, ...described } = describe(model);
  const items: Readonly<Record<string, Json>> = {
    ...described,
    ...(trainer !== undefined && { training: trainer.config ?? {} }),
    ...(key !== undefined && { key: key.data }),
    ...(step !== undefined && { step }),
  };
  const metadata = new Map([
    ["format", format],
    ["plugin", plugin],
    ["version", version],
  ]);
  for (const [name, value] of Object.entries(items)) metadata.set(name, JSON.stringify(value));

  const tensors = new Map<string, NamedArray>();
  await addState(tensors, model, "");
  if (trainer !== undefined) addAll(tensors, await trainer.state(), sections.slots);
  metadata.set("checksum", checksum({ metadata, tensors }));
  return writeSafetensors({ metadata, tensors });
}

type Described = { readonly [name: string]: Json } & { readonly plugin: string; readonly version: string };

function describe({ plugin, config, encoding, over }: Parts): Described {
  const { id, version } = plugin.manifest;
  return {
    plugin: id,
    version,
    config,
    spec: specToJson(encoding.from),
    encoding: encoding.toJSON(),
    ...(over !== undefined && { over: describe(over) }),
  };
}

async function addState(
  tensors: Map<string, NamedArray>,
  { inner, over }: Parts,
  prefix: string,
): Promise<void> {
  addAll(tensors, await inner.state(), prefix + sections.model);
  if (over !== undefined) await addState(tensors, over, prefix + sections.over);
}

function addAll(
  tensors: Map<string, NamedArray>,
  state: ReadonlyMap<string, NamedArray>,
  prefix: string,
): void {
  for (const [name, array] of state) tensors.set(prefix + name, array);
}
