import { fit, instantiate, key, subset, type Capable, type Dataset, type Plugin } from "@gen/core";
import { crf, crossing, type CurvePoint } from "@gen/discriminative";
import { hmm } from "@gen/hmm";
import type { BenchOptions } from "../item.js";

const sizes = [10, 30, 100, 300, 1000, 2000, 2400];
const held = 600;

/** Evaluations of the field's likelihood, or sweeps of the chain, which counts. */
const contestants: readonly { readonly name: string; readonly plugin: Plugin; readonly steps: number }[] = [
  { name: "hmm", plugin: hmm, steps: 20 },
  { name: "crf", plugin: crf, steps: 100 },
];

/** F1 of marks in their places, all kinds together; tag 0 is no mark. */
export function f1(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  let [right, told, there] = [0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (truth[i]! > 0) there++;
    if (found[i]! > 0) told++;
    if (truth[i]! > 0 && found[i] === truth[i]) right++;
  }
  return right === 0 ? 0 : (2 * right) / (told + there);
}

const everything = (data: Dataset) => data.take(Int32Array.from({ length: data.length }, (_, i) => i));

/** F1 of both models by the poems that they learned from: the first ones, asked of the last ones. */
export async function measurePunctuation(
  data: Dataset,
  { seed, log }: Pick<BenchOptions, "seed" | "log">,
): Promise<CurvePoint[]> {
  const part = (from: number, to: number): Dataset =>
    subset(
      data,
      Int32Array.from({ length: to - from }, (_, i) => from + i),
    );
  const test = await everything(part(data.length - held, data.length));
  const truth = test.columns["tags"]!.data as Int32Array;
  const points: CurvePoint[] = [];
  for (const size of sizes.filter((each) => each <= data.length - held)) {
    for (const { name, plugin, steps } of contestants) {
      const own = part(0, size);
      using model = await instantiate(plugin, { data: own, key: key(seed) });
      using trainer = model.trainer();
      const began = process.cpuUsage();
      for await (const event of fit(model, trainer, own, { key: key(seed), steps }))
        if (event.type === "end") log(`${name}: ${event.reason} after ${event.step} steps`);
      const { user, system } = process.cpuUsage(began);
      const found = (model as unknown as Capable<"sequence">).viterbi(test).data as Int32Array;
      const accuracy = f1(found, truth);
      points.push({ model: name, size, accuracy, deviation: 0, accuracies: [accuracy] });
      log(
        `${size} poems, ${name}: F1 ${accuracy.toFixed(4)}, ${((user + system) / 1e6).toFixed(1)} s of processor time`,
      );
    }
  }
  return points;
}

/** Both models side by side, and from how many poems on the field is the better one. */
export function punctuationTable(points: readonly CurvePoint[]): string {
  const of = (model: string, size: number): number =>
    points.find((point) => point.model === model && point.size === size)!.accuracy;
  const lines = [...new Set(points.map(({ size }) => size))].map((size) => {
    const [field, chain] = [of("crf", size), of("hmm", size)];
    const bar = size < 2000 ? "" : field > chain ? "yes" : "**no**";
    return `| ${size} | ${field.toFixed(4)} | ${chain.toFixed(4)} | ${(field - chain).toFixed(4)} | ${bar} |`;
  });
  const from = crossing(points, "crf", "hmm");
  const told =
    from === undefined ? "Neither overtakes the other." : `The field overtakes at ${Math.round(from)} poems.`;
  return [
    "| poems | F1, conditional random field | F1, hidden Markov model | difference | bar: > 0 |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
    "",
    told,
  ].join("\n");
}
