import { defineCommand } from "citty";
import type { BenchOptions, Mode } from "../item.js";
import { itemNamed, items } from "../items.js";
import { called, dataOf, integer } from "../options.js";
import { peerTrouble, runPeer } from "../peer.js";
import { programOf } from "../program.js";
import { compare, machine, ratio, table } from "../report.js";
import { log, record, today } from "../results.js";

async function bench(name: string, mode: Mode, json: boolean, options: BenchOptions): Promise<void> {
  const item = itemNamed(name);
  const program = await programOf(name);
  const where = machine();
  const trouble = peerTrouble(item);
  if (trouble !== undefined) log(trouble);
  // One after the other, never at the same time.
  if (trouble === undefined) log(`${name}: the peer, ${item.script}`);
  const peer = trouble === undefined ? await runPeer(item, mode, options) : undefined;
  log(`${name}: @gen`);
  const ours = await program[mode](options);

  const rows = compare(item.compared[mode], ours, peer);
  const settings = (["threads", "seed", "steps", "epochs"] as const)
    .filter((setting) => options[setting] !== undefined)
    .map((setting) => `${setting} ${String(options[setting])}`)
    .join(", ");
  const versions = [
    `@gen on ${String(ours["backend"] ?? "JavaScript")}`,
    peer && `peer ${String(peer["peer"] ?? item.script)}`,
  ];
  record(`${name}, ${mode}`, `${where}. ${settings}. ${versions.filter(Boolean).join("; ")}.`, table(rows));
  const ratios = Object.fromEntries(rows.map((row) => [row.figure, ratio(row) ?? null]));
  const figures = { item: name, mode, date: today(), machine: where, ours, peer: peer ?? null, ratios };
  if (json) console.log(JSON.stringify(figures));
}

export const item = defineCommand({
  meta: { name: "bench", description: "Runs the Python peer and @gen one after the other on the same data." },
  args: {
    item: {
      type: "positional",
      description: `${Object.keys(items).join(", ")}; or all, memory, points, punctuation, scale, start`,
      required: true,
    },
    quality: { type: "boolean", description: "Train, and compare how good the models are", default: false },
    threads: { type: "string", description: "Threads of both sides", default: "2" },
    seed: { type: "string", description: "Seed of both sides", default: "0" },
    steps: { type: "string", description: "Timed steps, or training steps with --quality" },
    epochs: { type: "string", description: "Training epochs with --quality" },
    json: { type: "boolean", description: "Print one line of JSON at the end", default: false },
  },
  run: ({ args }) =>
    called(async () => {
      const mode = args.quality ? "quality" : "speed";
      const steps = integer("steps", args.steps, 1);
      const epochs = integer("epochs", args.epochs, 1);
      await bench(args.item, mode, args.json, {
        threads: integer("threads", args.threads, 1)!,
        seed: integer("seed", args.seed, 0)!,
        log,
        ...(steps !== undefined && { steps }),
        ...(epochs !== undefined && { epochs }),
        ...dataOf(itemNamed(args.item), mode),
      });
    }),
});
