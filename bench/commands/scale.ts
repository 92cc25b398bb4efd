import { defineCommand } from "citty";
import { barTable, over, type BarRow } from "../bars.js";
import { measured, type Scale } from "../child.js";
import type { Figures } from "../item.js";
import { makeScaleFile, openScaleFile, scaleFile } from "../items/scale-rows.js";
import { called, integer } from "../options.js";
import { machine, number, show } from "../report.js";
import { log, record } from "../results.js";

/** What is measured, and how often it goes over the data, of so many rows. */
const kinds: Readonly<Record<Scale["what"], Kind>> = {
  "naive-bayes": { words: "naive Bayes, one pass", passes: () => 1 },
  // A start sees a sample of a stream.
  gmm: {
    words: "Gaussian mixture, k = 10, five sweeps",
    passes: (rows) => 5 + Math.min(1, 2 ** 16 / rows),
  },
  hmm: { words: "hidden Markov model, one E step over one sequence" },
};

interface Kind {
  readonly words: string;
  readonly passes?: (rows: number) => number;
}

interface Found {
  readonly what: Scale["what"];
  readonly rows: number;
  readonly figures: Figures;
}

const perMillion = ({ rows, figures }: Found): number => number(figures["seconds"])! / (rows / 1e6);

function table(all: readonly Found[]): string {
  const lines = all.map((found) => {
    const { what, rows, figures } = found;
    const shown = (name: string, digits = 4): string => show(number(figures[name]), digits);
    const cells = [
      kinds[what].words,
      rows,
      shown("seconds"),
      shown("processorSeconds"),
      show(perMillion(found), 4),
      shown("passes", 6),
      shown("peakMiB"),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| model | rows | seconds | of processor time | seconds per 10⁶ rows | passes | peak MiB |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

/** What must hold of a model, by its two longest runs. */
function bars([before, last]: readonly [Found, Found]): BarRow[] {
  const { rows, figures } = last;
  const { words, passes } = kinds[last.what];
  const [ours, beside] = [perMillion(last), perMillion(before)];
  const [peak, taken, likelihood] = ["peakMiB", "passes", "logLikelihood"].map((name) =>
    number(figures[name]),
  );
  const held: BarRow[] = [
    {
      measure: `${words}: seconds per 10⁶ rows of ${rows} beside ${before.rows}`,
      ours,
      beside,
      compared: over(ours, beside),
      bar: { atMost: 1.3 },
    },
    { measure: `${words}: peak MiB`, ours: peak, compared: { value: peak! }, bar: { atMost: 1024 } },
  ];
  if (passes !== undefined)
    held.push({
      measure: `${words}: times that a row is read`,
      ours: taken,
      beside: passes(rows),
      compared: over(taken, passes(rows)),
      bar: { atMost: 1.001 },
    });
  else
    held.push({
      measure: `${words}: a finite log-likelihood`,
      ours: likelihood,
      compared: { value: Number(Number.isFinite(likelihood)) },
      bar: { atLeast: 1 },
    });
  return held;
}

async function bench(most: number, threads: number): Promise<void> {
  const where = machine();
  const [all, held]: [Found[], BarRow[]] = [[], []];
  for (const what of Object.keys(kinds) as Scale["what"][]) {
    const own: Found[] = [];
    for (const rows of [most / 100, most / 10, most]) {
      const given: Scale = { what, rows, most, threads };
      const figures = (await measured("scale", given))!;
      const [seconds, processor, peak] = ["seconds", "processorSeconds", "peakMiB"].map((name) =>
        show(number(figures[name]), 4),
      );
      log(`${what}, ${rows} rows: ${seconds} s, ${processor} s of processor time, ${peak} MiB`);
      own.push({ what, rows, figures });
    }
    all.push(...own);
    held.push(...bars([own[1]!, own[2]!]));
  }
  const how = `Each in a process of its own; threads ${threads}.`;
  record("scale", `${where}. ${how}`, `${table(all)}\n\n${barTable(held)}`);
}

export const scale = defineCommand({
  meta: { name: "bench scale", description: "What learning from many rows costs, and the bars" },
  args: {
    make: { type: "boolean", description: "Write the file of rows, and measure nothing", default: false },
    rows: {
      type: "string",
      description: "The most rows; a tenth and a hundredth come before",
      default: "10000000",
    },
    threads: { type: "string", description: "Threads of the back end", default: "2" },
  },
  run: ({ args }) =>
    called(async () => {
      const rows = 100 * Math.round(integer("rows", args.rows, 10_000)! / 100);
      const threads = integer("threads", args.threads, 1)!;
      if (args.make) {
        makeScaleFile(scaleFile(rows), rows, log);
        return;
      }
      await openScaleFile(rows, rows);
      await bench(rows, threads);
    }),
});
