import { over, type BarRow } from "./bars.js";
import { measured, type Measurement } from "./child.js";
import type { Figures } from "./item.js";
import { itemNamed } from "./items.js";
import { dataOf } from "./options.js";
import { peerTrouble, runPeer } from "./peer.js";
import { number, show } from "./report.js";
import { log } from "./results.js";

/** A compiled step over the peer's, at most. */
export const compiledBars: Readonly<Record<string, number>> = {
  "vae-mlp": 0.85,
  "realnvp-2d": 0.8,
  "gpt-char": 1,
  dcgan: 1.5,
  "glow-mnist": 1.5,
  pixelcnn: 1.5,
  "ddpm-unet": 1.5,
};

/** An eager step over the peer's, at most. */
const eagerBar = 2.2;

/** A step of TensorFlow.js's own back ends over an eager one of ours, at least. */
const publishedBars = { wasm: 10, cpu: 40 } as const;

/** Seconds: within `startUp` a process of ours trains; `patience` is the most that a single step may take. */
const [startUp, patience] = [10, 40];

export const sides = ["compiled", "eager", "wasm", "cpu"] as const;

export interface SpeedSettings {
  readonly rounds: number;
  readonly threads: readonly number[];
  /** How long steps are timed in a process. */
  readonly seconds: number;
  readonly sides: readonly (typeof sides)[number][];
}

/** What a side's processes gave: the lowest of each figure, and what went wrong. */
interface Found {
  readonly lowest: Record<string, number>;
  error?: string;
}

/**
 * An item's steps in processes of their own, the peer and us in turn. One thread is compared by processor time,
 * several by wall time.
 */
export async function measureSpeed(name: string, settings: SpeedSettings): Promise<BarRow[]> {
  const { rounds, threads, seconds } = settings;
  const item = itemNamed(name);
  const data = dataOf(item, "speed");
  const trouble = peerTrouble(item);
  const measures = (side: (typeof sides)[number]): boolean => settings.sides.includes(side);

  const found = new Map<string, Found>();
  const note = (side: string, figures: Figures): void => {
    const all = found.get(side) ?? { lowest: {} };
    found.set(side, all);
    const { error } = figures;
    if (error !== undefined) all.error = String(error);
    for (const [figure, value] of Object.entries(figures))
      if (typeof value === "number") all.lowest[figure] = Math.min(value, all.lowest[figure] ?? Infinity);
    const shown = (figure: string): string => show(number(figures[figure]), 4);
    const times = `${shown("stepMs")} ms, processor ${shown("cpuMs")} ms, ${shown("timedSteps")} steps`;
    log(`${name}, ${side}: ${error ?? times}`);
  };

  const ours = (options: Partial<Measurement>, limit?: number) => {
    const usual = { threads: 1, eager: false, warmup: 3, least: 8, seconds };
    return measured("steps", { item: name, ...data, ...usual, ...options }, limit);
  };
  const peer = (count: number) => runPeer(item, "speed", { ...data, threads: count, seed: 0, seconds });
  for (let round = 0; round < rounds; round++)
    for (const count of threads) {
      if (trouble === undefined) note(`peer ${count}`, await peer(count));
      if (measures("compiled")) note(`compiled ${count}`, (await ours({ threads: count }))!);
      if (measures("eager") && count === 1)
        note("eager", (await ours({ eager: true, warmup: 1, least: 3 }))!);
    }

  const row = (side: string, count: number, bar: number): BarRow => {
    const [figure, unit] = count === 1 ? ["cpuMs", "processor ms"] : ["stepMs", "ms"];
    const [step, beside] = [side, `peer ${count}`].map((of) => found.get(of)?.lowest[figure]);
    const words = `${side.split(" ")[0]}, ${count} thread${count === 1 ? "" : "s"}, ${unit}`;
    return {
      measure: `${name}, ${words}`,
      ours: step,
      beside,
      compared: over(step, beside),
      bar: { atMost: bar },
      note: found.get(side)?.error ?? trouble,
    };
  };
  const rows: BarRow[] = [];
  if (measures("compiled"))
    rows.push(...threads.map((count) => row(`compiled ${count}`, count, compiledBars[name]!)));
  const eager = found.get("eager")?.lowest["cpuMs"];
  if (eager === undefined) return rows;
  rows.push(row("eager", 1, eagerBar));
  for (const published of ["wasm", "cpu"] as const) {
    if (!measures(published)) continue;
    const bar = publishedBars[published];
    // Long enough to see that a step takes longer than the bar.
    const enough = Math.min(patience, (bar * eager) / 1e3);
    const figures = await ours({ published, warmup: 1, least: 1 }, startUp + enough);
    note(published, figures ?? { error: `no step within ${enough.toFixed(0)} s` });
    const { lowest, error } = found.get(published)!;
    rows.push({
      measure: `${name}, tfjs-${published} over eager, processor ms`,
      ours: eager,
      beside: lowest["cpuMs"],
      compared: figures ? over(lowest["cpuMs"], eager) : { value: (1e3 * enough) / eager, least: true },
      bar: { atLeast: bar },
      note: error,
    });
  }
  return rows;
}
