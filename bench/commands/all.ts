import { defineCommand } from "citty";
import { barTable, holds, type BarRow } from "../bars.js";
import { UsageError } from "../item.js";
import { called, integer } from "../options.js";
import { machine } from "../report.js";
import { log, record, today } from "../results.js";
import { compiledBars, measureSpeed, sides, type SpeedSettings } from "../speed.js";

/** Names between commas, each of them known; all where none are given. */
function chosen<T extends string>(option: string, text: string | undefined, known: readonly T[]): T[] {
  if (text === undefined) return [...known];
  return text.split(",").map((name) => {
    const found = known.find((each) => each === name);
    if (found === undefined) throw new UsageError(`--${option} takes ${known.join(",")}, not "${name}".`);
    return found;
  });
}

const items = Object.keys(compiledBars);

async function bench(names: readonly string[], settings: SpeedSettings, json: boolean): Promise<void> {
  const where = machine();
  const begun = performance.now();
  const rows: BarRow[] = [];
  for (const name of names) rows.push(...(await measureSpeed(name, settings)));
  const { rounds, threads, seconds } = settings;
  const how =
    `Each side in ${String(rounds)} processes in turn, ${String(seconds)} s of steps in each, ` +
    `the lowest of their medians; threads ${threads.join(" and ")}.`;
  record("all, speed", `${where}. ${how}`, barTable(rows));
  log(`${((performance.now() - begun) / 60e3).toFixed(1)} min`);
  if (json)
    console.log(
      JSON.stringify({
        date: today(),
        machine: where,
        rows: rows.map((row) => ({ ...row, holds: holds(row) })),
      }),
    );
}

export const all = defineCommand({
  meta: { name: "bench all", description: "Steps of training beside the Python peers', and the bars" },
  args: {
    items: { type: "string", description: `Some of ${items.join(",")}` },
    sides: { type: "string", description: `Some of ${sides.join(",")}` },
    rounds: { type: "string", description: "Processes of each side", default: "2" },
    threads: { type: "string", description: "1 or 2; by default first the one, then the other" },
    seconds: { type: "string", description: "How long steps are timed in each process", default: "3" },
    json: { type: "boolean", description: "Print one line of JSON at the end", default: false },
  },
  run: ({ args }) =>
    called(async () => {
      const threads = integer("threads", args.threads, 1);
      const settings = {
        sides: chosen("sides", args.sides, sides),
        rounds: integer("rounds", args.rounds, 1)!,
        seconds: integer("seconds", args.seconds, 1)!,
        threads: threads === undefined ? [1, 2] : [threads],
      };
      await bench(chosen("items", args.items, items), settings, args.json);
    }),
});
