import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figures } from "../item.js";
import { mnistFolder } from "../data.js";
import { runScript } from "../peer.js";

/** What the classifier says of a number of images. */
export interface Certainty {
  readonly samples: number;
  /** The share of them that it is at least 0.9 sure of. */
  readonly share: number;
  /** How many it takes for a 0, a 1, … */
  readonly classes: readonly number[];
  /** Who says so. */
  readonly judge: string;
}

/** The Python packages that the classifier needs. */
export const packages = ["numpy", "torch"] as const;

/** The name of the data's own test images among what is judged. */
export const testImages = "test";

const cache = fileURLToPath(new URL("../../.cache/bench", import.meta.url));

/** What the classifier says of files of images, by their names without the extension, and of test images. */
export async function certainties(
  folder: string,
  files: readonly string[],
): Promise<Readonly<Record<string, Certainty>>> {
  const paths = files.map((file) => join(folder, file));
  const figures = await runScript("certainty.py", ["--data", mnistFolder(), "--cache", cache, ...paths]);
  const names = [...files.map((file) => basename(file, ".npy")), testImages];
  return Object.fromEntries(names.map((name) => [name, certaintyOf(name, figures)]));
}

/** What the script's figures say of one of its files. */
export const certaintyOf = (name: string, figures: Figures): Certainty => ({
  samples: Number(figures[`judged.${name}.samples`]),
  share: Number(figures[`judged.${name}.share`]),
  classes: Array.from({ length: 10 }, (_, digit) => Number(figures[`judged.${name}.classes.${digit}`])),
  judge: String(figures["peer"]),
});
