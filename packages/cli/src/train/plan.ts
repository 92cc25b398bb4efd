import { resolve } from "node:path";
import { InputError } from "@gen/core/manifest";
import type { Json, Manifest } from "@gen/core";
import { assignments } from "../arguments/assignments.js";
import type { Flags } from "../arguments/flags.js";
import { integer, seedOf } from "../arguments/integer.js";
import { settings } from "../arguments/settings.js";
import { addressOf } from "../data.js";

type Values = Readonly<Record<string, Json>>;

/** A run, as its command line asks for it. */
export interface Plan {
  readonly address: string;
  readonly model: Values;
  readonly training: Values;
  readonly steps: number;
  readonly batch: number;
  readonly seed: number;
  /** The model file as it was named, and where it is. */
  readonly shown: string;
  readonly out: string;
  readonly checkpoint: string;
  readonly checkpointShown: string;
  readonly over: string | undefined;
  readonly every: number | undefined;
  readonly resume: boolean;
}

const extension = ".safetensors";

/** Reads a run from the flags. Throws `InputError` naming the flag that is missing or wrong. */
export function planOf(flags: Flags, manifest: Manifest, cwd: string): Plan {
  const shown = flags.text("out");
  if (shown === undefined) throw new InputError(`Say where to write the model: --out NAME${extension}.`);
  if (!shown.endsWith(extension))
    throw new InputError(`A model file ends in ${extension}, which "${shown}" does not.`);
  const preset = presetOf(manifest, flags.text("preset"));
  const { model, training } = settings(
    { model: manifest.model, training: manifest.training },
    assignments(flags, "set"),
    manifest.id,
  );
  const { budget } = manifest;
  const out = resolve(cwd, shown);
  return {
    address: addressOf(flags),
    model: { ...preset.model, ...model },
    training: { ...preset.training, ...training },
    steps: integer(flags, "steps", { default: budget.steps, minimum: 1 }),
    batch: integer(flags, "batch", { default: budget.batch, minimum: 1 }),
    seed: seedOf(flags),
    shown,
    out,
    checkpoint: checkpointOf(out),
    checkpointShown: checkpointOf(shown),
    over: flags.text("over"),
    every: flags.has("checkpoint-every")
      ? integer(flags, "checkpoint-every", { default: 1, minimum: 1 })
      : undefined,
    resume: flags.has("resume"),
  };
}

const checkpointOf = (out: string): string => `${out.slice(0, -extension.length)}.checkpoint${extension}`;

function presetOf({ id, presets = {} }: Manifest, name: string | undefined) {
  if (name === undefined) return {};
  if (Object.hasOwn(presets, name)) return presets[name]!;
  const names = Object.keys(presets).join(", ") || "none";
  throw new InputError(`${id} has no preset "${name}"; its presets: ${names}.`);
}
