import { InputError, key, readSync, sample, trace, type DataSpec, type Frame, type Rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { dispose, memory, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { Gpt } from "./model.js";
import type { Text } from "./text.js";
import { symbolRows, symbolSpec, tiny, wideModel } from "./testing/text.js";

beforeAll(() => useBackend("cpu"));

const ids = (lines: readonly (readonly number[])[]) => tensor(lines as number[][], undefined, "int32");
const long = [1, 2, 3, 3, 1, 2, 2, 1, 3, 1, 1, 2, 3, 2, 1, 3, 3, 2, 1];

function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    if (!(Math.abs(actual[i]! - expected[i]!) <= tolerance))
      expect.fail(`entry ${i}: ${actual[i]!} instead of ${expected[i]!}`);
}

/** log p of the next symbol after pieces of a line that are appended one after the other. */
const after = (text: Text, pieces: readonly (readonly number[])[]): number[] =>
  tidy(() => {
    const state = pieces.reduce((s, piece) => text.append(s, ids([piece])), text.begin(1));
    return Array.from(text.next(state).logits.dataSync());
  });

describe("the network", () => {
  it("is causal to the last bit", () => {
    const { network } = wideModel(key(1));
    const hidden = (line: readonly number[]) =>
      tidy(() =>
        network
          .hidden(ids([line]))
          .dataSync()
          .slice(),
      );
    const line = [0, 1, 2, 3, 1, 2];
    const whole = hidden(line);
    for (let at = 1; at < line.length; at++) {
      const changed = hidden(line.map((symbol, i) => (i < at ? symbol : (symbol + 1) % 4)));
      expect(changed.slice(0, at * 8)).toEqual(whole.slice(0, at * 8));
      expect(changed.slice(at * 8, (at + 1) * 8)).not.toEqual(whole.slice(at * 8, (at + 1) * 8));
    }
  });

  it("gives with its cache what it gives without", () => {
    const model = wideModel(key(2));
    for (let size = 1; size < tiny.context; size++) {
      const line = long.slice(0, size);
      const full = tidy(() => {
        const hidden = model.network.hidden(ids([[0, ...line]]));
        const logits = Array.from(model.network.logits(hidden).dataSync()).slice(-4);
        const total = Math.log(logits.reduce((sum, v) => sum + Math.exp(v), 0));
        return logits.map((v) => v - total);
      });
      near(after(model, [line]), full, 1e-5);
      near(
        after(
          model,
          line.map((symbol) => [symbol]),
        ),
        full,
        1e-5,
      );
    }
  });

  it("needs heads that divide the width", () => {
    expect(() => wideModel(key(1), 3, { heads: 3 })).toThrow(/^3 heads don't divide a width of 8/);
  });
});

describe("past the window", () => {
  it.each([2, 3, 5, 6, 7])("of %i symbols any split of a prompt gives the same", (context) => {
    const model = wideModel(key(3), 3, { context });
    const one = after(
      model,
      long.map((symbol) => [symbol]),
    );
    for (const split of [1, 4, 7, 13])
      near(after(model, [long.slice(0, split), long.slice(split)]), one, 1e-5);
    near(after(model, [long]), one, 1e-5);
  });

  it.each([2, 3, 5, 6, 7, 40])("of %i symbols log p is the sum over steps", (context) => {
    const model = wideModel(key(4), 3, { context });
    let state = model.begin(1);
    let sum = 0;
    for (const symbol of [...long, 0]) {
      sum += tidy(() => model.next(state).logits.dataSync()[symbol]!);
      const old = state;
      state = model.append(state, ids([[symbol]]));
      dispose(old);
    }
    near(readSync(model.logProb(symbolRows([long]))), [sum], 1e-4);
  });

  it("of a prompt log p(x | prompt) is the difference", () => {
    const model = wideModel(key(5), 3, { context: 4 });
    const [whole] = readSync(model.logProb(symbolRows([long])));
    for (const split of [1, 3, 4, 5, 11]) {
      let before = 0;
      long.slice(0, split).forEach(
        (symbol, i) =>
          (before += after(
            model,
            long.slice(0, i).map((s) => [s]),
          )[symbol]!),
      );
      const given = model.given(symbolRows([long.slice(0, split)]));
      near(readSync(given.logProb(symbolRows([long]))), [whole! - before], 1e-4);
    }
  });
});

describe("probabilities", () => {
  it("of the next symbol sum to 1", () => {
    const mass = after(wideModel(key(6)), [long]).reduce((sum, v) => sum + Math.exp(v), 0);
    expect(mass).toBeCloseTo(1, 6);
  });

  it("of all short lines and of what begins the longer ones sum to 1", () => {
    const model = wideModel(key(7), 2);
    const lines: number[][] = [[]];
    for (let from = 0; from < 7; from++) for (const letter of [1, 2]) lines.push([...lines[from]!, letter]);
    expect(lines).toHaveLength(15);
    const whole = readSync(model.logProb(symbolRows(lines))).reduce((sum, v) => sum + Math.exp(v), 0);
    // p of a beginning of 3 letters that goes on with a fourth.
    const tail = lines.slice(7).map((line) => {
      let logProb = 0;
      line.forEach(
        (symbol, i) =>
          (logProb += after(
            model,
            line.slice(0, i).map((s) => [s]),
          )[symbol]!),
      );
      return (
        Math.exp(logProb) *
        (1 -
          Math.exp(
            after(
              model,
              line.map((s) => [s]),
            )[0]!,
          ))
      );
    });
    expect(whole + tail.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });

  it("of a batch are those of each line alone", () => {
    const model = wideModel(key(8), 3, { context: 5 });
    const lines = [[], [1], long, [3, 2, 1, 1, 1, 1, 2], [2]];
    const alone = lines.flatMap((line) => Array.from(readSync(model.logProb(symbolRows([line])))));
    near(readSync(model.logProb(symbolRows(lines))), alone, 1e-4);
    const features = lines.flatMap((line) => Array.from(model.features(symbolRows([line])).dataSync()));
    near(model.features(symbolRows(lines)).dataSync(), features, 1e-5);
  });

  it("of symbols on the engine are those of symbols in JavaScript", () => {
    const model = wideModel(key(8));
    const lengths = Int32Array.of(2, 1);
    const padded: Rows = {
      length: 2,
      columns: {
        text: {
          data: ids([
            [1, 2],
            [3, 0],
          ]),
          shape: [],
          lengths,
        },
      },
    };
    expect(readSync(model.logProb(padded))).toEqual(readSync(model.logProb(symbolRows([[1, 2], [3]]))));
  });
});

it("has a vector of features for each line", () => {
  expect(wideModel(key(1)).features(symbolRows([[1], long])).shape).toEqual([2, 8]);
  expect(wideModel(key(1)).features(symbolRows([])).shape).toEqual([0, 8]);
  expect(wideModel(key(1)).logProb(symbolRows([])).shape).toEqual([0]);
});

describe("samples", () => {
  const linesIn = (drawn: Rows): number[][] => {
    const { data, lengths } = drawn.columns["text"]!;
    const size = lengths![0]!;
    return Array.from({ length: drawn.length }, (_, i) =>
      Array.from((data as Int32Array).slice(i * size, (i + 1) * size)),
    );
  };

  it("have the length asked for, or end before", async () => {
    const model = wideModel(key(9));
    for (const length of [1, 5, 20]) {
      const lines = linesIn(await sample(model, { key: key(1), count: 8, options: { length } }));
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(length);
        const stop = line.indexOf(0);
        if (stop >= 0) expect(line.slice(stop).every((symbol) => symbol === 0)).toBe(true);
      }
    }
    expect(model.protocol.steps({ temperature: 1, topK: 0, topP: 1, length: 0 })).toBe(2 * tiny.context);
  });

  it("are the likeliest symbols at temperature 0", async () => {
    const model = wideModel(key(10));
    const [line] = linesIn(
      await sample(model, { key: key(1), count: 1, options: { temperature: 0, length: 9 } }),
    );
    const greedy: number[] = [];
    while (greedy.length < line!.length) {
      const logits = after(
        model,
        greedy.map((s) => [s]),
      );
      greedy.push(logits.indexOf(Math.max(...logits)));
    }
    expect(line).toEqual(greedy);
  });

  it("go on from a prompt and carry it", async () => {
    const given = wideModel(key(11)).given(symbolRows([long]));
    const drawn = await sample(given, { key: key(2), count: 3, options: { length: 4 } });
    for (const line of linesIn(drawn)) expect(line.slice(0, long.length)).toEqual(long);
  });

  it("are the same for the same key, and can be watched", async () => {
    const model = wideModel(key(12));
    const draw = { key: key(3), count: 2, options: { length: 6 } };
    expect(await sample(model, draw)).toEqual(await sample(model, draw));
    const frames: Frame[] = [];
    for await (const frame of trace(model, { ...draw, candidates: 2 })) frames.push(frame);
    expect(frames[0]!.candidates![0]).toHaveLength(2);
  });
});

describe("refuses in one sentence", () => {
  it("several prompts, or none", () => {
    const model = wideModel(key(1));
    expect(() => model.given(symbolRows([[1], [2]]))).toThrow(InputError);
    expect(() => model.given(symbolRows([]))).toThrow(/^Give one beginning of a text at a time, not 0\.$/);
  });

  it.each<[string, DataSpec["fields"]]>([
    ["no text", { x: { type: "real", shape: [] } }],
    ["two texts", { ...symbolSpec(2).fields, b: { type: "category", shape: [], sequence: true, levels: 2 } }],
    ["symbols of a shape", { text: { type: "category", shape: [2], sequence: true, levels: 2 } }],
  ])("%s", (_, fields) => {
    expect(() => new Gpt({ kind: "sequences", fields }, tiny, key(1))).toThrow(/takes one column of text/);
  });

  it("sizes that fill the memory", () => {
    expect(() => wideModel(key(1), 3, { width: 4096, layers: 48 })).toThrow(/choose fewer layers/);
  });
});

it("leaks nothing, and frees everything when disposed", async () => {
  const start = memory().numTensors;
  const model = wideModel(key(1));
  const owned = memory().numTensors;
  const x = symbolRows([long, [1]]);
  model.logProb(x).dispose();
  model.features(x).dispose();
  await sample(model, { key: key(1), count: 2 });
  await sample(model.given(symbolRows([[1, 2]])), { key: key(1), count: 2 });
  expect(memory().numTensors).toBe(owned);
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});
