import { defineCommand } from "citty";
import { barTable, over, type BarRow } from "../bars.js";
import { measured, type Measurement, type Tenure } from "../child.js";
import { itemNamed } from "../items.js";
import { called, dataOf, integer } from "../options.js";
import { peerTrouble, runPeer } from "../peer.js";
import { machine, number } from "../report.js";
import { record } from "../results.js";

const bar = { atMost: 1.5 };

/** What eager training holds after its last step, beside what it held early. */
async function tenure(late: number): Promise<BarRow[]> {
  const item = "vae-mlp";
  const early = Math.min(100, late);
  const given: Tenure = { item, ...dataOf(itemNamed(item), "speed"), threads: 1, eager: true, early, late };
  const found = (await measured("tenure", given))!;
  const row = (figure: string, words: string, limit: BarRow["bar"]): BarRow => {
    const [ours, beside] = ["late", "early"].map((when) => number(found[`${when}.${figure}`]));
    return {
      measure: `${item}, eager, ${words} after ${late} steps beside ${early}`,
      ours,
      beside,
      compared: over(ours, beside),
      bar: limit,
    };
  };
  return [
    row("residentMiB", "resident MiB", bar),
    row("tensors", "tensors", { atMost: 1 }),
    row("buffers", "buffers", { atMost: 1 }),
    row("sessions", "sessions", { atMost: 1 }),
  ];
}

/** The largest resident memory of a process that trains, compiled, beside the peer's. */
async function peak(): Promise<BarRow> {
  const name = "gpt-char";
  const item = itemNamed(name);
  const common = { ...dataOf(item, "speed"), threads: 2, seconds: 5 };
  const trouble = peerTrouble(item);
  const peer = trouble === undefined ? await runPeer(item, "speed", { ...common, seed: 0 }) : {};
  const given: Measurement = { item: name, ...common, eager: false, warmup: 3, least: 8 };
  const found = (await measured("steps", given))!;
  const [ours, beside] = [found, peer].map((figures) => number(figures["peakMiB"]));
  return {
    measure: `${name}, compiled, most resident MiB of the process beside the peer's`,
    ours,
    beside,
    compared: over(ours, beside),
    bar,
    note: trouble,
  };
}

export const memory = defineCommand({
  meta: { name: "bench memory", description: "What training holds in memory, and the bars" },
  args: {
    steps: { type: "string", description: "Eager steps of the VAE", default: "2000" },
  },
  run: ({ args }) =>
    called(async () => {
      const steps = integer("steps", args.steps, 1)!;
      const where = machine();
      const rows = [await peak(), ...(await tenure(steps))];
      record("memory", `${where}. Each measured in a process of its own.`, barTable(rows));
    }),
});
