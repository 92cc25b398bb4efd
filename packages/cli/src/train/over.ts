import { createHash } from "node:crypto";
import { demand, load, type Dataset, type FirstStage, type Plugin } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import type { Opened } from "@gen/datasets";
import type { Catalogue } from "../discovery/catalogue.js";
import { another, pluginsOf } from "../files/model.js";
import { naming } from "../files/naming.js";
import { readInput } from "../files/paths.js";
import type { Io } from "../io.js";

/** What a model is trained on top of, and what a checkpoint needs to be opened again. */
export interface Stage extends Disposable {
  readonly first: FirstStage;
  readonly plugins: readonly Plugin[];
  /** Tells it from any other first stage. */
  readonly fingerprint: string;
}

/** A codec of a file as first stage. Throws `InputError` when the file holds something else. */
async function codecStage(path: string, installed: Catalogue, io: Io): Promise<Stage> {
  const bytes = await readInput(path, io.cwd);
  const plugins = await naming(path, another, () => pluginsOf(bytes, installed));
  const model = await naming(path, another, () => load(bytes, plugins));
  demand(model, "codec");
  // The check above has told that it is one; its other members are the instance's own.
  const first = model as typeof model & FirstStage;
  return { first, plugins, fingerprint: digest(bytes), [Symbol.dispose]: () => model[Symbol.dispose]() };
}

/**
 * The first stage of a run: a codec's file, or the encoding that the address of the data asks for.
 * Throws `InputError` when both are asked for.
 */
export async function firstStage(
  path: string | undefined,
  { dataset, over: fit }: Pick<Opened, "dataset" | "over">,
  { installed, io }: { readonly installed: Catalogue; readonly io: Io },
): Promise<Stage | undefined> {
  if (path === undefined) return fit && encodingStage(fit, dataset);
  if (fit === undefined) return codecStage(path, installed, io);
  throw new InputError(
    "A model stands on one first stage: give --over, or an encoding in the address of --data, not both.",
  );
}

async function encodingStage(fit: NonNullable<Opened["over"]>, data: Dataset): Promise<Stage> {
  const first = await fit(data);
  const fingerprint = digest(JSON.stringify(first.toJSON()));
  return { first, plugins: [], fingerprint, [Symbol.dispose]: () => undefined };
}

const digest = (contents: string | Uint8Array): string => createHash("sha256").update(contents).digest("hex");
