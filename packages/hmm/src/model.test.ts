import {
  dataset,
  InputError,
  key,
  posterior,
  ragged,
  readSync,
  rows,
  sample,
  select,
  type Dataset,
  type DataSpec,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inside } from "./inside.js";
import { OnlineFilter } from "./online-filter.js";
import {
  configOf,
  randomData,
  randomLines,
  symbolData,
  symbolField,
  taggedData,
  textData,
} from "./testing/data.js";
import { near } from "./testing/near.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

const every = (data: Dataset) => data.take(Int32Array.from({ length: data.length }, (_, i) => i));
const total = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.exp(value), 0);

/** All lines of a length over so many symbols. */
const allLines = (length: number, levels: number): Int32Array[] =>
  Array.from({ length: levels ** length }, (_, i) =>
    Int32Array.from({ length }, (__, t) => Math.floor(i / levels ** t) % levels),
  );

describe("densities sum to 1", () => {
  it("over all sequences of a length", async () => {
    const { inner } = await train(symbolData(randomLines(key(1), 10, 8)), { config: { states: 3 } });
    for (const length of [1, 4])
      near([total(inner.logProb(rows({ x: ragged(allLines(length, 4)) })))], [1], 1e-12);
  });

  it("over all texts, as they get longer", async () => {
    const { model } = await train(textData(["ab", "ba", "a", "abab", "bb"]), { config: { states: 2 } });
    let mass = 0;
    for (let length = 0; length <= 14; length++) {
      const texts = allLines(length, 2).map((line) => Array.from(line, (c) => "ab"[c]).join(""));
      mass += total(readSync(model.logProb(rows({ text: texts }))));
    }
    expect(mass).toBeLessThanOrEqual(1 + 1e-9);
    expect(mass).toBeGreaterThan(0.99);
  });
});

describe("samples", () => {
  it("are sequences as probable as the model says", async () => {
    const { model, inner } = await train(symbolData(randomLines(key(2), 12, 6, 3), 3), {
      config: { states: 2 },
    });
    const count = 20_000;
    const drawn = await sample(model, { key: key(3), count, options: { length: 3 } });
    const found = new Map<string, number>();
    const data = drawn.columns["x"]!.data as Int32Array;
    for (let s = 0; s < count; s++) {
      const name = data.subarray(3 * s, 3 * s + 3).join();
      found.set(name, (found.get(name) ?? 0) + 1);
    }
    const lines = allLines(3, 3);
    inner.logProb(rows({ x: ragged(lines) })).forEach((logProb, i) => {
      const p = Math.exp(logProb);
      const share = (found.get(lines[i]!.join()) ?? 0) / count;
      expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / count));
    });
  });

  it("have the lengths of the data, or the one that is asked for", async () => {
    const lines = [...randomLines(key(4), 5, 4), ...randomLines(key(5), 5, 9)];
    const { model } = await train(symbolData(lines));
    const drawn = await sample(model, { key: key(6), count: 200 });
    const lengths = Array.from(drawn.columns["x"]!.lengths!);
    expect(Math.min(...lengths)).toBe(4);
    expect(Math.max(...lengths)).toBe(9);
    const same = await sample(model, { key: key(6), count: 5, options: { length: 3 } });
    near(same.columns["x"]!.lengths!, [3, 3, 3, 3, 3]);
  });

  it("have the moments of mixed columns", async () => {
    const names = ["full", "categorical", "poisson"] as const;
    const data = randomData(key(7), names, new Array<number>(20).fill(25));
    const { model } = await train(data, { config: { ...configOf(names), states: 2 } });
    const drawn = await sample(model, { key: key(8), count: 400, options: { length: 20 } });
    const x = await every(data);
    for (const name of ["x0", "x2"]) {
      const [own, seen] = [drawn, x].map((all) => {
        const values = all.columns[name]!.data as Float64Array;
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        return {
          mean,
          deviation: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length),
        };
      });
      expect(Math.abs(own!.mean - seen!.mean)).toBeLessThan(0.35 * seen!.deviation);
      expect(own!.deviation / seen!.deviation).toBeCloseTo(1, 0);
    }
    expect((drawn.columns["x2"]!.data as Float64Array).every((n) => Number.isInteger(n) && n >= 0)).toBe(
      true,
    );
  });

  it("of texts end by themselves", async () => {
    const { model } = await train(textData(["abc", "abc", "abcabc"]), { config: { states: 4 }, steps: 100 });
    const { columns } = await sample(model, { key: key(9), count: 30 });
    const texts = columns["text"]!.data as readonly string[];
    expect(texts.some((text) => text === "abc")).toBe(true);
    expect(texts.every((text) => /^[abc]{0,12}$/.test(text))).toBe(true);
  });
});

describe("with a label for each sequence", () => {
  const label = { role: "y", type: "category", shape: [], levels: 2, names: ["up", "down"] } as const;
  const spec: DataSpec = { kind: "sequences", fields: { x: symbolField, y: label } };
  const ups = randomLines(key(10), 20, 8).map((line) => line.sort((a, b) => a - b));
  const downs = randomLines(key(11), 10, 8).map((line) => line.sort((a, b) => b - a));
  const labels = Int32Array.from({ length: 30 }, (_, i) => (i < 20 ? 0 : 1));
  const x = rows({ x: ragged([...ups, ...downs].map((line) => Int32Array.from(line))) });
  const data = dataset(spec, { length: 30, columns: { ...x.columns, y: { data: labels, shape: [] } } });

  it("classifies by Bayes' rule over its classes' chains", async () => {
    const { inner } = await train(data, { config: { states: 3 } });
    const logPosterior = readSync(posterior(inner, x));
    labels.forEach((c, row) => expect(Math.exp(logPosterior[2 * row + c]!)).toBeGreaterThan(0.9));
    const given = inner.classes.map((name) => {
      const view = inner.given(rows({ y: [name] }));
      return readSync(view.logProb(x));
    });
    const joint = inner.logJoint(x);
    for (let row = 0; row < 30; row++)
      near(
        [joint[2 * row]!, joint[2 * row + 1]!],
        [given[0]![row]! + Math.log(2 / 3), given[1]![row]! + Math.log(1 / 3)],
        1e-13,
      );
    expect(() => inner.given(rows({ y: ["sideways"] }))).toThrow(InputError);
  });

  it("numbers the states of its classes one after another", async () => {
    const { inner } = await train(data, { config: { states: 3 } });
    const marginals = inner.marginals(x);
    expect(marginals.shape).toEqual([6]);
    const p = marginals.data as Float64Array;
    for (let t = 0; t < p.length / 6; t++)
      near([p.subarray(6 * t, 6 * t + 6).reduce((a, b) => a + b, 0)], [1]);
    const path = inner.viterbi(x).data as Int32Array;
    path.forEach((state, t) => expect(Math.floor(state / 3)).toBe(t < 160 ? 0 : 1));
    const drawn = inner.samplePaths(x, key(12)).data as Int32Array;
    expect(drawn.filter((state, t) => Math.floor(state / 3) === (t < 160 ? 0 : 1)).length).toBeGreaterThan(
      220,
    );
    const [best] = inner.bestPaths(x, 2);
    near(best![0]!.path, path.subarray(0, 8));
    expect(best![0]!.score).toBeGreaterThanOrEqual(best![1]!.score);
  });

  it("samples carry the label that they were drawn for", async () => {
    const { inner } = await train(data, { config: { states: 3 } });
    const drawn = await sample(inner, { key: key(13), count: 600 });
    const ones = (drawn.columns["y"]!.data as Int32Array).filter((c) => c === 0).length;
    expect(Math.abs(ones - 400)).toBeLessThan(60);
    const down = await sample(inner.given(rows({ y: ["down"] })), { key: key(14), count: 20 });
    expect(new Set(down.columns["y"]!.data as Int32Array)).toEqual(new Set([1]));
  });
});

it("decodes a text letter by letter, without its end", async () => {
  const { model } = await train(textData(["banana", "bandana", "cabana"]), { config: { states: 2 } });
  const x = rows({ text: ["ban", "", "c"] });
  for (const column of [model.viterbi(x), model.marginals(x)]) near(column.lengths!, [3, 0, 1]);
  const { hmm, rows: symbols } = inside(model, x);
  for (const count of [0, 2.5, NaN, Infinity])
    expect(() => hmm.bestPaths(symbols, count)).toThrow(InputError);
  expect(hmm.bestPaths(symbols, 2)[0]!.map(({ path }) => path.length)).toEqual([3, 3]);
  near(hmm.samplePaths(symbols, key(1)).lengths!, [3, 0, 1]);
  near(hmm.posteriorPath(symbols).lengths!, [3, 0, 1]);
  expect(hmm.filter(symbols).shape).toEqual([2]);
});

it("follows a sequence while it grows", async () => {
  const names = ["full", "categorical"] as const;
  const data = randomData(key(15), names, [40], 0.2);
  const { inner } = await train(data, { config: { ...configOf(names), states: 3 } });
  const x = await every(data);
  const whole = inner.filter(x).data as Float64Array;
  const filter = new OnlineFilter(inner);
  const at = (t: number) =>
    rows({
      x0: {
        data: (x.columns["x0"]!.data as Float64Array).slice(2 * t, 2 * t + 2),
        shape: [2],
        lengths: Int32Array.of(1),
      },
      x1: {
        data: (x.columns["x1"]!.data as Int32Array).slice(t, t + 1),
        shape: [],
        lengths: Int32Array.of(1),
      },
    });
  near(filter.prediction, filter.probabilities);
  for (let t = 0; t < 40; t++) near(filter.observe(at(t)), whole.subarray(3 * t, 3 * t + 3), 1e-9);
  near([filter.logLikelihood], inner.logProb(x), 1e-12);
  near([filter.prediction.reduce((a, b) => a + b, 0)], [1]);
});

it("gives its parameters as logarithms: a path's score is its probability", async () => {
  const lines = randomLines(key(16), 6, 5);
  const { inner } = await train(taggedData(lines, randomLines(key(17), 6, 5, 2)));
  const { states, initial, transition, categories, tags } = inner.logProbabilities();
  near(tags!, [0, 1]);
  const [line] = lines;
  const x = rows({ x: ragged([Int32Array.from(line!)]) });
  for (const { path, score: found } of inner.bestPaths(x, 5)[0]!) {
    let score = initial[path[0]!]!;
    path.forEach((state, t) => {
      if (t > 0) score += transition[path[t - 1]! * states + state]!;
      score += categories[0]!.logProbs[state * categories[0]!.levels + line![t]!]!;
    });
    near([found], [score], 1e-12);
  }
});

it("reads rows that lack an optional column, and refuses those that do not fit", async () => {
  const names = ["full", "categorical"] as const;
  const data = randomData(key(18), names, [20, 10]);
  const { inner } = await train(data, { config: { ...configOf(names), states: 2 } });
  const x = await every(data);
  const part = inner.logProb(select(x, ["x1"]));
  expect(part.every(Number.isFinite)).toBe(true);
  expect(() => inner.logProb(select(x, []))).toThrow(/none of the model's columns/);
  expect(() => inner.logProb({ ...x, columns: { ...x.columns, x1: ragged([[1], [2]]) } })).toThrow(
    InputError,
  );
});

it("tells in which sequence a count is none", async () => {
  const fields = { n: { type: "real", sequence: true, shape: [] } } as const;
  const data = dataset({ kind: "sequences", fields }, rows({ n: ragged([[1, 2], [], [3, -1]]) }));
  await expect(train(data, { config: { states: 2, counts: "n" } })).rejects.toThrow(
    /^Column "n" is -1 in row 3 where a count from 0 is expected/,
  );
});

it("holds no tensor", async () => {
  const before = memory().numTensors;
  const { model } = await train(symbolData(randomLines(key(19), 4, 5)), { steps: 2 });
  await sample(model, { key: key(20), count: 3 });
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(before);
});
