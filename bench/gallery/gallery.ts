import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { peerTrouble } from "../peer.js";
import { log } from "../results.js";
import { certainties, packages } from "./certainty.js";
import { valueOf } from "./command.js";
import { Ledger, type Entry } from "./ledger.js";
import { draw, train, type Making } from "./make.js";
import type { Picture } from "./pictures.js";
import { Shown } from "./shown.js";

export interface GalleryOptions {
  /** Where models and samples are made. */
  readonly folder: string;
  /** Where pictures are shown. */
  readonly shown: string;
  /** Whether the classifier looks at 1000 samples of each. */
  readonly score: boolean;
  readonly steps?: number;
  readonly signal: AbortSignal;
}

/** Makes pictures, one after the other, and shows them with what is known of them; goes on with what was begun. */
export async function gallery(chosen: readonly Picture[], options: GalleryOptions): Promise<void> {
  const trouble = options.score ? peerTrouble({ packages }) : undefined;
  if (trouble !== undefined) log(trouble);
  mkdirSync(options.folder, { recursive: true });
  const ledger = new Ledger(options.folder);
  const shown = new Shown(options.shown);
  const { steps, signal } = options;
  const making: Making = { ledger, signal, ...(steps !== undefined && { steps }) };
  const samples: string[] = [];
  for (const picture of chosen) {
    const trained = await make(picture, making, shown);
    if (options.score && trouble === undefined) samples.push(await samplesOf(picture, trained, making));
  }
  if (samples.length > 0) shown.certainties(await certainties(ledger.folder, samples));
}

/** Shows a picture; gives the commands that trained its model. */
async function make({ name, train: trainings, sample }: Picture, making: Making, shown: Shown) {
  const trained: Entry[] = [];
  for (const line of trainings) trained.push(await train(line, trained.at(-1)?.commands ?? [], making));
  const { commands, date, machine, figures } = trained.at(-1)!;
  await draw(sample, commands, making);
  shown.picture(name, join(making.ledger.folder, valueOf(sample, "--out")), {
    commands: [...commands, sample],
    steps: trained.map((each) => Number(each.figures!["step"])),
    seconds: trained.reduce((sum, { seconds }) => sum + seconds, 0),
    date: date!,
    machine: machine!,
    backend: String(figures!["backend"]),
  });
  return commands;
}

/** The file of 1000 samples of a model, drawn as its picture is. */
async function samplesOf({ name, sample }: Picture, trained: readonly string[], making: Making) {
  const file = `${name}.npy`;
  await draw(`${sample} -n 1000 --out ${file}`, trained, making);
  return file;
}
