import { load, readSafetensors, type AnyInstance, type Plugin } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { catalogue, type Catalogue } from "../discovery/catalogue.js";
import type { Io } from "../io.js";
import { naming } from "./naming.js";
import { readInput } from "./paths.js";

/** What to do with a model file that can't be used. */
export const another = "give a model file that gen train wrote";

/** The model of a file, with the plugins that it needs. Throws `InputError` naming what is wrong or missing. */
export async function openModel(path: string, io: Io): Promise<AnyInstance> {
  const bytes = await readInput(path, io.cwd);
  const installed = await catalogue(io);
  return naming(path, another, async () => load(bytes, await pluginsOf(bytes, installed)));
}

/** The plugins of a model file and of the first stages in it: no other plugin's code is imported. */
export async function pluginsOf(bytes: Uint8Array, installed: Catalogue): Promise<readonly Plugin[]> {
  const { metadata } = readSafetensors(bytes);
  const id = metadata.get("plugin");
  if (id === undefined) {
    throw new InputError(`Not a model file: its metadata name no plugin; ${another}.`);
  }
  const ids = new Set([id, ...firstStages(metadata.get("over"))]);
  return Promise.all([...ids].map((each) => installed.get(each).load()));
}

/** The ids of the plugins of first stages within each other; what is malformed is left to `load` to name. */
function firstStages(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const ids: string[] = [];
  let over: unknown;
  try {
    over = JSON.parse(text);
  } catch {
    return [];
  }
  while (typeof over === "object" && over !== null && "plugin" in over) {
    if (typeof over.plugin === "string") ids.push(over.plugin);
    over = "over" in over ? over.over : undefined;
  }
  return ids;
}
