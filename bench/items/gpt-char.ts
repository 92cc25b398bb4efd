import { readFileSync } from "node:fs";
import { dataset, fit, instantiate, key, rows, sample, type DataSpec } from "@gen/core";
import { gpt, nextLogProbs, type Gpt } from "@gen/gpt";
import type { BenchOptions, BenchProgram, Figures, TrainingRun } from "../item.js";
import { endless, setup, stepsOf, stepTimes } from "./setup.js";

const context = 128;
const spec: DataSpec = { kind: "text", fields: { text: { type: "text" } } };

/** The model on the first nine tenths of the text, with an alphabet of all of it, as the peer has it. */
async function begin(options: BenchOptions) {
  const { text, seed } = options;
  const backend = await setup(options);
  const all = readFileSync(text!, "utf8");
  const characters = Array.from(all);
  const cut = Math.floor(0.9 * characters.length);
  const part = (from: number, to?: number) => rows({ text: [characters.slice(from, to).join("")] });
  const whole = dataset(spec, rows({ text: [all] }));
  const model = await instantiate(gpt, { data: whole, key: key(seed) });
  const train = dataset(spec, part(0, cut));
  const validation = model.encoding.encode(part(cut)).columns["text"]!.data as Int32Array;
  return { backend, model, train, validation, trainer: model.trainer() };
}

/** Mean nats per character over all non-overlapping windows of the validation part. */
function validate(model: Gpt, symbols: Int32Array): number {
  const windows = Math.floor((symbols.length - 1) / context);
  let total = 0;
  for (let from = 0; from < windows; from += 32) {
    const count = Math.min(32, windows - from);
    const data = new Int32Array(count * (context + 1));
    for (let i = 0; i < count; i++)
      data.set(symbols.subarray((from + i) * context, (from + i + 1) * context + 1), i * (context + 1));
    total -= nextLogProbs(model.network, data, count).reduce((sum, v) => sum + v, 0);
  }
  return total / (windows * context);
}

async function quality(options: BenchOptions): Promise<Figures> {
  const { backend, model, train, validation, trainer } = await begin(options);
  const inner = model.inner as unknown as Gpt;
  const steps = options.steps ?? 1000;
  const started = performance.now();
  let valNatsPerChar = NaN;
  for await (const event of fit(model, trainer, train, { key: key(options.seed), steps })) {
    if (event.type !== "step" || (event.step % 100 !== 0 && event.step !== steps)) continue;
    valNatsPerChar = validate(inner, validation);
    options.log(
      `step ${event.step} train ${event.metrics["loss"]!.toFixed(4)} val ${valNatsPerChar.toFixed(4)} ${((performance.now() - started) / 1e3).toFixed(0)} s`,
    );
  }
  return { backend, steps, trainSeconds: (performance.now() - started) / 1e3, valNatsPerChar };
}

async function begun(options: BenchOptions) {
  const { backend, model, train: data, trainer } = await begin(options);
  const events = fit(model, trainer, data, { key: key(options.seed), steps: endless });
  return { backend, model, steps: stepsOf(events) };
}

const train = (options: BenchOptions): Promise<TrainingRun> => begun(options);

async function speed(options: BenchOptions): Promise<Figures> {
  const { backend, model, steps } = await begun(options);
  const times = await stepTimes(steps, options);
  const generation: Record<string, number> = {};
  for (const count of [1, 16])
    for (const [name, temperature] of [
      ["greedy", 0],
      ["temp", 0.8],
    ] as const) {
      const start = performance.now();
      await sample(model, { key: key(3), count, options: { temperature, length: 256 } });
      generation[`genTokPerS_b${count}_${name}`] = (count * 256) / ((performance.now() - start) / 1e3);
    }
  return { backend, ...times, ...generation };
}

const program: BenchProgram = { item: "gpt-char", train, speed, quality };

export default program;
