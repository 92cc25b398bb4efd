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
    for (const labelled of variants[y]) subjects.push(...(await taken(options, kind, labelled)));
  return subjects;
}

const variants = { none: [false], optional: [false, true], required: [true] } as const;

type Kind = Manifest["data"][number]["kind"];

/** On toy data of a kind, with labels of each sort that the plugin takes. */
async function taken(options: Options, kind: Kind, labelled: boolean): Promise<readonly Subject[]> {
  const refusals: string[] = [];
  const subjects: Subject[] = [];
  for (const labels of Object.keys(toys[kind])) {
    const name = labelled ? `${kind} with ${labels}` : kind;
    const subject = await firstTaken(options, { kind, labels, labelled, name, refusals });
    if (subject !== undefined) subjects.push(subject);
    // Without their labels they are the same.
    if (subject !== undefined && !labelled) break;
  }
  if (subjects.length > 0) return subjects;
  throw new Failure(
    `${kind}: the manifest says that it takes such data, but building ${refusals.join("; ")}`,
  );
}

interface Wanted {
  readonly kind: Kind;
  readonly labels: string;
  readonly labelled: boolean;
  readonly name: string;
  readonly refusals: string[];
}

/** On the first toy data that the plugin does not refuse by an `InputError`. */
async function firstTaken(
  { plugin, key, level }: Options,
  { kind, labels, labelled, name, refusals }: Wanted,
): Promise<Subject | undefined> {
  for (const toy of toys[kind][labels]!) {
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
  return undefined;
}
