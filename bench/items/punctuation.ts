import { dataset, fit, instantiate, key, ragged, rows, subset, type Dataset, type DataSpec } from "@gen/core";
import { crf, crfFromHmm, crossing, type CurvePoint } from "@gen/discriminative";
import type { BenchOptions } from "../item.js";

/** Marks that are told apart; what else is no letter is left out. */
const marks = ["", "，", "。", "？", "！", "；", "：", "、"];
const sizes = [10, 30, 100, 300, 1000, 2000, 2400];
const held = 600;

interface Line {
  readonly characters: readonly string[];
  /** For each character the mark behind it. */
  readonly tags: Int32Array;
}

/** Poems of the peers' text, without their titles: characters, and the mark behind each. */
export function punctuated(text: string): Line[] {
  return text.split(/\n\n/).flatMap((poem) => {
    const characters: string[] = [];
    const tags: number[] = [];
    for (const sign of poem.trim().split("\n").slice(1).join("")) {
      const mark = marks.indexOf(sign);
      if (mark > 0 && tags.length > 0) tags[tags.length - 1] = mark;
      if (!/\p{Letter}/u.test(sign)) continue;
      characters.push(sign);
      tags.push(0);
    }
    return characters.length === 0 ? [] : [{ characters, tags: Int32Array.from(tags) }];
  });
}

function dataOf(lines: readonly Line[]): Dataset {
  const alphabet = [...new Set(lines.flatMap(({ characters }) => characters))].sort();
  const levels = new Map(alphabet.map((character, level) => [character, level]));
  const spec: DataSpec = {
    kind: "sequences",
    fields: {
      character: { type: "category", shape: [], sequence: true, levels: alphabet.length, names: alphabet },
      mark: { type: "category", shape: [], sequence: true, levels: marks.length, names: marks, role: "y" },
    },
  };
  const character = lines.map(({ characters }) => Int32Array.from(characters, (each) => levels.get(each)!));
  return dataset(spec, rows({ character: ragged(character), mark: ragged(lines.map(({ tags }) => tags)) }));
}

const everything = (data: Dataset) => data.take(Int32Array.from({ length: data.length }, (_, i) => i));

/** A hidden Markov model of the marks that counts, a half added to each count; as a field of the same posteriors. */
async function counted(data: Dataset) {
  const x = await everything(data);
  const { character, mark } = data.spec.fields;
  if (character?.type !== "category" || mark?.type !== "category")
    throw new TypeError("These are not poems.");
  const half = (width: number): Float64Array => new Float64Array(width).fill(0.5);
  const initial = half(mark.levels);
  const transition = marks.map(() => half(mark.levels));
  const emission = marks.map(() => half(character.levels));
  const [symbols, tags] = [x.columns["character"]!, x.columns["mark"]!];
  let at = 0;
  for (const length of tags.lengths!) {
    for (let i = 0; i < length; i++, at++) {
      const tag = Number(tags.data[at as never]);
      emission[tag]![Number(symbols.data[at as never])]! += 1;
      if (i === 0) initial[tag]! += 1;
      else transition[Number(tags.data[(at - 1) as never])]![tag]! += 1;
    }
  }
  const shares = (row: Float64Array): Float64Array => {
    const total = row.reduce((a, b) => a + b, 0);
    return row.map((value) => value / total);
  };
  return crfFromHmm({
    initial: shares(initial),
    transition: transition.map(shares),
    emission: emission.map(shares),
    columns: { symbol: "character", tag: "mark" },
  });
}

/** F1 of marks in their places, all kinds together. */
export function f1(found: Int32Array, truth: Int32Array): number {
  let [right, told, there] = [0, 0, 0];
  truth.forEach((mark, i) => {
    if (mark > 0) there++;
    if (found[i]! > 0) told++;
    if (mark > 0 && found[i] === mark) right++;
  });
  return right === 0 ? 0 : (2 * right) / (told + there);
}

/** F1 of both models by the poems that they learned from. */
export async function measurePunctuation(
  text: string,
  { seed, steps, log }: BenchOptions,
): Promise<CurvePoint[]> {
  const data = dataOf(punctuated(text));
  const at = (from: number, to: number): Dataset =>
    subset(
      data,
      Int32Array.from({ length: to - from }, (_, i) => from + i),
    );
  const test = await everything(at(data.length - held, data.length));
  const truth = test.columns["mark"]!.data as Int32Array;
  const points: CurvePoint[] = [];
  const note = (model: string, size: number, found: unknown): void => {
    const accuracy = f1(found as Int32Array, truth);
    points.push({ model, size, accuracy, deviation: 0, accuracies: [accuracy] });
    log(`${size} poems: F1 ${accuracy.toFixed(4)} of ${model}`);
  };
  for (const size of sizes.filter((each) => each <= data.length - held)) {
    const own = at(0, size);
    using hmm = await counted(own);
    note("hmm", size, hmm.viterbi(test).data);
    using model = await instantiate(crf, { data: own, key: key(seed) });
    using trainer = model.trainer();
    const began = process.cpuUsage();
    for await (const event of fit(model, trainer, own, { key: key(seed), steps: steps ?? 100 }))
      if (event.type === "end") log(`${event.reason} after ${event.step} evaluations, ${cpu(began)} s`);
    note("crf", size, model.viterbi(test).data);
  }
  return points;
}

function cpu(since: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(since);
  return ((user + system) / 1e6).toFixed(1);
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
