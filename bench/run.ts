import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineCommand, runMain } from "citty";
import { mnistFolder, tangFile } from "./data.js";
import { type BenchOptions, type BenchProgram, type Item, type Mode, UsageError } from "./item.js";
import { items } from "./items.js";
import { peerTrouble, runPeer } from "./peer.js";
import { compare, machine, ratio, resultsHead, table } from "./report.js";

const results = fileURLToPath(new URL("RESULTS.md", import.meta.url));
const log = (line: string): void => console.error(line);

function itemNamed(name: string): Item {
  const item = items[name];
  if (item === undefined)
    throw new UsageError(`There is no item "${name}"; there are ${Object.keys(items).join(", ")}.`);
  return item;
}

async function programOf(name: string): Promise<BenchProgram> {
  const file = new URL(`items/${name}.ts`, import.meta.url);
  if (!existsSync(file))
    throw new UsageError(`The item ${name} has no program of ours at bench/items/${name}.ts.`);
  return ((await import(file.href)) as { default: BenchProgram }).default;
}

/** An option's integer, at least `least`; undefined where the option is not given. */
function integer(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new UsageError(`--${name} must be an integer of at least ${String(least)}, not "${text}".`);
}

async function bench(name: string, mode: Mode, json: boolean, options: BenchOptions): Promise<void> {
  const item = itemNamed(name);
  const program = await programOf(name);
  const where = machine();
  const date = new Date().toISOString().slice(0, 10);
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
  const text = `\n## ${name}, ${mode}, ${date}\n\n${where}. ${settings}. ${versions.filter(Boolean).join("; ")}.\n\n${table(rows)}\n`;
  if (!existsSync(results)) writeFileSync(results, resultsHead);
  appendFileSync(results, text);
  console.log(text.trim());
  const ratios = Object.fromEntries(rows.map((row) => [row.figure, ratio(row) ?? null]));
  if (json)
    console.log(JSON.stringify({ item: name, mode, date, machine: where, ours, peer: peer ?? null, ratios }));
}

interface Call {
  readonly item: string;
  readonly quality: boolean;
  readonly json: boolean;
  readonly threads: string;
  readonly seed: string;
  readonly steps?: string | undefined;
  readonly epochs?: string | undefined;
}

async function called(args: Call): Promise<void> {
  const item = itemNamed(args.item);
  const mode = args.quality ? "quality" : "speed";
  const steps = integer("steps", args.steps, 1);
  const epochs = integer("epochs", args.epochs, 1);
  const needs = item.needs[mode];
  await bench(args.item, mode, args.json, {
    threads: integer("threads", args.threads, 1) ?? 2,
    seed: integer("seed", args.seed, 0) ?? 0,
    log,
    ...(steps !== undefined && { steps }),
    ...(epochs !== undefined && { epochs }),
    ...(needs.includes("mnist") && { mnist: mnistFolder() }),
    ...(needs.includes("text") && { text: tangFile() }),
  });
}

const command = defineCommand({
  meta: { name: "bench", description: "Runs the Python peer and @gen one after the other on the same data." },
  args: {
    item: { type: "positional", description: Object.keys(items).join(", "), required: true },
    quality: { type: "boolean", description: "Train, and compare how good the models are", default: false },
    threads: { type: "string", description: "Threads of both sides", default: "2" },
    seed: { type: "string", description: "Seed of both sides", default: "0" },
    steps: { type: "string", description: "Timed steps, or training steps with --quality" },
    epochs: { type: "string", description: "Training epochs with --quality" },
    json: { type: "boolean", description: "Print one line of JSON at the end", default: false },
  },
  async run({ args }) {
    try {
      await called(args);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      log(error.message);
      process.exitCode = 2;
    }
  },
});

await runMain(command);
