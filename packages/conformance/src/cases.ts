import {
  dataset,
  isInputError,
  withoutLabels,
  type Dataset,
  type Key,
  type Manifest,
  type Plugin,
} from "@gen/core";
import { toys } from "./data/index.js";
import { Failure, reasonOf } from "./failure.js";
import { Subject } from "./subject.js";
import type { Level } from "./types.js";

interface Options {
  readonly plugin: Plugin;
  readonly key: Key;
  readonly level: Level;
}

/** The plugin on each kind of data that its manifest names, and with labels and without where they are optional. */
export async function subjectsOf(options: Options): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const { kind, y } of options.plugin.manifest.data)
    for (const labelled of variants[y]) subjects.push(await firstTaken(options, kind, labelled));
  return subjects;
}

const variants = { none: [false], optional: [false, true], required: [true] } as const;

type Kind = Manifest["data"][number]["kind"];

/** On the first toy data of a kind that the plugin does not refuse by an `InputError`. */
async function firstTaken({ plugin, key, level }: Options, kind: Kind, labelled: boolean): Promise<Subject> {
  const refusals: string[] = [];
  const name = labelled ? `${kind} with labels` : kind;
  for (const toy of toys[kind]) {
    const { spec, rows } = toy(key.fold(kind));
    const all = dataset(spec, rows);
    const data: Dataset = labelled ? all : withoutLabels(all);
    const subject = new Subject({ plugin, name, data, key: key.fold(name), level });
    try {
      (await subject.build())[Symbol.dispose]();
      return subject;
    } catch (error) {
      if (!isInputError(error)) throw error;
      refusals.push(reasonOf(error));
    }
  }
  throw new Failure(
    `${name}: the manifest says that it takes such data, but building ${refusals.join("; ")}`,
  );
}
