import { defineCommand } from "citty";
import { barTable, type BarRow } from "../bars.js";
import { measured, measuredImport, type Given } from "../child.js";
import type { Figures } from "../item.js";
import { itemNamed } from "../items.js";
import { called, dataOf, integer } from "../options.js";
import { machine, number } from "../report.js";
import { log, record } from "../results.js";
import { compiledBars } from "../speed.js";

/** Seconds. */
const [importBar, compileBar] = [0.3, 2];

const median = (all: readonly Figures[], figure: string): number =>
  all.map((figures) => number(figures[figure])!).sort((a, b) => a - b)[Math.floor(all.length / 2)]!;

/** What a program gives in several processes, one after the other. */
async function repeated(rounds: number, once: () => Promise<Figures | undefined>): Promise<Figures[]> {
  const all: Figures[] = [];
  for (let round = 0; round < rounds; round++) all.push((await once())!);
  return all;
}

async function importing(rounds: number): Promise<BarRow> {
  const all = await repeated(rounds, measuredImport);
  const [tensorflow, beyond] = [median(all, "tensorflowMs") / 1e3, median(all, "beyondMs") / 1e3];
  log(
    `import: TensorFlow.js ${tensorflow.toFixed(3)} s, the back end and its first kernel ${beyond.toFixed(3)} s`,
  );
  return {
    measure: "import and first kernel beyond TensorFlow.js's own import, s",
    ours: tensorflow + beyond,
    beside: tensorflow,
    compared: { value: beyond },
    bar: { atMost: importBar },
  };
}

async function compiling(item: string, rounds: number): Promise<BarRow> {
  const given: Given = { item, ...dataOf(itemNamed(item), "speed"), threads: 2, eager: false };
  const all = await repeated(rounds, () => measured("compile", given));
  const seconds = median(all, "compileMs") / 1e3;
  const first = median(all, "firstStepMs") / 1e3;
  log(`${item}: compiled in ${seconds.toFixed(2)} s, the first step took ${first.toFixed(2)} s`);
  return {
    measure: `${item}, compiling the step, s, of the first step`,
    ours: seconds,
    beside: first,
    compared: { value: seconds },
    bar: { atMost: compileBar },
  };
}

export const start = defineCommand({
  meta: { name: "bench start", description: "What it takes until the first step, and the bars" },
  args: {
    rounds: { type: "string", description: "Processes of which the median counts", default: "5" },
  },
  run: ({ args }) =>
    called(async () => {
      const rounds = integer("rounds", args.rounds, 1)!;
      const where = machine();
      const rows = [await importing(2 * rounds + 1)];
      for (const item of Object.keys(compiledBars)) rows.push(await compiling(item, rounds));
      const how = `Medians of ${2 * rounds + 1} processes that import and ${rounds} that compile.`;
      record("start", `${where}. ${how}`, barTable(rows));
    }),
});
