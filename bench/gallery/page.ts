import type { Certainty } from "./certainty.js";
import type { Picture } from "./pictures.js";
import type { Result, Results } from "./shown.js";

/** At least so many per cent of the best family's samples are to be told apart surely. */
const surelyBar = 70;
/** No training may take longer, in seconds. */
const trainingBar = 20 * 60;

const percent = ({ share }: Certainty): string => (100 * share).toFixed(1);

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** The figures of all pictures that are there; a cell is empty where nothing is known. */
export function table(pictures: readonly Picture[], { pictures: results, test }: Results): string {
  const head = ["picture", "samples of", "steps", "training, s", "surely a digit, %", "taken for 0, 1, … 9"];
  const told = (certainty: Certainty | undefined): string[] =>
    certainty === undefined ? ["", ""] : [percent(certainty), certainty.classes.join(" ")];
  const lines = pictures.flatMap(({ name, title }) => {
    const result = results[name];
    if (result === undefined) return [];
    const training = [result.steps.join(" + "), result.seconds.toFixed(0)];
    return [row([`[${name}](#${name})`, title, ...training, ...told(result.certainty)])];
  });
  const held = test === undefined ? [] : [row(["", "MNIST's own test images", "", "", ...told(test)])];
  return [row(head), row(head.map(() => "---")), ...lines, ...held].join("\n");
}

/** The bars, and whether they hold. */
export function bars(pictures: readonly Picture[], { pictures: results }: Results): string {
  const made = pictures.flatMap(({ name }) => {
    const result = results[name];
    return result === undefined ? [] : [{ name, ...result }];
  });
  const longest = made.toSorted((a, b) => b.seconds - a.seconds)[0];
  const best = made
    .flatMap(({ name, certainty }) => (certainty === undefined ? [] : [{ name, certainty }]))
    .toSorted((a, b) => b.certainty.share - a.certainty.share)[0];
  const word = (holds: boolean): string => (holds ? "holds" : "does not hold");
  return [
    ...(best === undefined
      ? []
      : [
          `- Of the best, ${best.name}, ${percent(best.certainty)} % are surely a digit; bar: at least ${surelyBar} %, ${word(100 * best.certainty.share >= surelyBar)}.`,
        ]),
    ...(longest === undefined
      ? []
      : [
          `- The longest training, ${longest.name}, took ${(longest.seconds / 60).toFixed(1)} min; bar: at most ${trainingBar / 60} min, ${word(longest.seconds <= trainingBar)}.`,
        ]),
  ].join("\n");
}

const place = ({ date, machine, backend, certainty }: Result): string =>
  `Trained ${date} on ${machine}; @gen on ${backend}${certainty === undefined ? "" : `; classifier by ${certainty.judge}`}.`;

function section({ name, title, train, sample }: Picture, result: Result): string {
  const commands = [...train, sample].map((line) => `pnpm -s ${line}`).join("\n");
  return `## ${name}\n\n![${title}](${name}.png)\n\n${title}. ${place(result)}\n\n\`\`\`sh\n${commands}\n\`\`\`\n`;
}

/** The page of the gallery. */
export function page(pictures: readonly Picture[], results: Results): string {
  const sections = pictures.flatMap((picture) => {
    const result = results.pictures[picture.name];
    return result === undefined ? [] : [section(picture, result)];
  });
  return `# Gallery

Written by \`pnpm gallery --score\`; never by hand.

Each picture is 100 samples of a model that learned MNIST, as they were drawn, none chosen; \`pnpm gallery NAME\` makes it by the commands that stand below it, on the back end onnx. Training counts all time of its commands, start and reading of data included. Surely a digit are those of 1000 samples of which a classifier, the CNN of item 10 in [bench/peers](../../bench/peers/README.md) after 2 epochs, is at least 0.9 sure, whichever digit it sees; which digits these are, of all 1000, the last column counts.

${table(pictures, results)}

${bars(pictures, results)}

${sections.join("\n")}`;
}
