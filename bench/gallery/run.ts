import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineCommand, runMain } from "citty";
import { Ended } from "../child.js";
import { mnistFolder } from "../data.js";
import { UsageError } from "../item.js";
import { called, integer } from "../options.js";
import { log } from "../results.js";
import { gallery } from "./gallery.js";
import { pictures, type Picture } from "./pictures.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The pictures of these names, all where none is given. Throws `UsageError` for one that is not in the list. */
function named(names: readonly string[]): readonly Picture[] {
  if (names.length === 0) return pictures;
  return names.map((name) => {
    const found = pictures.find((picture) => picture.name === name);
    if (found !== undefined) return found;
    const all = pictures.map((picture) => picture.name).join(", ");
    throw new UsageError(`There is no picture "${name}"; the pictures: ${all}.`);
  });
}

const list = (chosen: readonly Picture[]): string =>
  chosen
    .map(({ name, title, train, sample }) =>
      [`${name}: ${title}`, ...[...train, sample].map((line) => `  ${line}`)].join("\n"),
    )
    .join("\n");

/** Ctrl-C reaches what is being made by itself, from the terminal; whoever ends only this process means that too. */
function stopping(): AbortSignal {
  const stop = new AbortController();
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => {
    stop.abort();
  });
  return stop.signal;
}

async function make(chosen: readonly Picture[], score: boolean, steps: number | undefined): Promise<void> {
  // Says what to install before the first training, not after it.
  mnistFolder();
  const tried = steps !== undefined;
  const folder = join(root, tried ? ".cache/gallery-tried" : ".cache/gallery");
  const shown = tried ? join(folder, "shown") : join(root, "docs/gallery");
  try {
    await gallery(chosen, { folder, shown, score, signal: stopping(), ...(tried && { steps }) });
    log(`The pictures are in ${shown}.`);
  } catch (error) {
    // What it ended with, the command has said itself.
    if (!(error instanceof Ended)) throw error;
    if (error.code === 130) log("The same command goes on from there.");
    process.exitCode = error.code ?? 1;
  }
}

await runMain(
  defineCommand({
    meta: { name: "gallery", description: "Makes the pictures of docs/gallery by the command line gen" },
    args: {
      names: { type: "positional", description: "Which pictures; by default all", required: false },
      score: {
        type: "boolean",
        description: "Let a classifier look at 1000 samples of each",
        default: false,
      },
      list: { type: "boolean", description: "Only tell which there are, and their commands", default: false },
      steps: {
        type: "string",
        description: "Try it: train so many steps only, and show in .cache/gallery-tried",
      },
    },
    run: ({ args }) =>
      called(async () => {
        const chosen = named(args._);
        if (args.list) console.log(list(chosen));
        else await make(chosen, args.score, integer("steps", args.steps, 1));
      }),
  }),
);
