import { key, load, sample, save, trace, type Frame } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { hmm } from "./index.js";
import { inside } from "./inside.js";
import { randomLines, symbolData, taggedData, textData } from "./testing/data.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

it("writes a file that reads back as the same model", async () => {
  for (const data of [textData(["ab", "abb", "ba"]), symbolData(randomLines(key(1), 5, 6))]) {
    const { model } = await train(data, { config: { states: 3 } });
    const file = await save(model);
    const copy = await load(file, [hmm]);
    expect(await copy.state()).toEqual(await model.state());
    expect(await save(copy)).toEqual(file);
    const draw = { key: key(2), count: 4 };
    expect(await sample(copy as typeof model, draw)).toEqual(await sample(model, draw));
  }
});

it("gives the same model for the same seed and another for another", async () => {
  const data = symbolData(randomLines(key(3), 8, 10));
  const states = await Promise.all(
    [1, 1, 2].map(async (seed) => (await train(data, { config: { states: 3 }, seed })).model.state()),
  );
  expect(states[1]).toEqual(states[0]);
  expect(states[2]).not.toEqual(states[0]);
});

it("can be watched step by step, with its states", async () => {
  const { model } = await train(textData(["abc", "abcabc"]), { config: { states: 2 }, steps: 5 });
  const frames: Frame[] = [];
  for await (const frame of trace(model, { key: key(4), count: 2, options: { length: 5 } }))
    frames.push(frame);
  expect(frames.length).toBeLessThanOrEqual(5);
  expect(frames[0]!.x?.length).toBe(2);
  expect(frames[0]!.latent?.columns["state"]?.shape).toEqual([]);
});

it("shows its transitions and what its states emit", async () => {
  const { model } = await train(taggedData(randomLines(key(5), 6, 5), randomLines(key(6), 6, 5, 2)), {
    config: { states: 2 },
  });
  const [trellis, table] = [...model.inspect()];
  if (trellis?.view !== "trellis" || table?.view !== "table") expect.fail("other views");
  expect(trellis.value.states).toEqual(["low 0", "low 1", "high 0", "high 1"]);
  expect(trellis.value.transition.reduce((a, b) => a + b, 0)).toBeCloseTo(4, 12);
  expect(table.value.rows).toHaveLength(4);
});

it("finds vowels in a text by itself", async () => {
  // The opening of "Pride and Prejudice" (Austen, 1813).
  const text =
    "it is a truth universally acknowledged that a single man in possession of a good fortune must be in want of a wife however little known the feelings or views of such a man may be on his first entering a neighbourhood this truth is so well fixed in the minds of the surrounding families that he is considered as the rightful property of some one or other of their daughters my dear mr bennet said his lady to him one day have you heard that netherfield park is let at last mr bennet replied that he had not but it is returned she for mrs long has just been here and she told me all about it mr bennet made no answer do you not want to know who has taken it cried his wife impatiently you want to tell me and i have no objection to hearing it this was invitation enough why my dear you must know mrs long says that netherfield is taken by a young man of large fortune from the north of england that he came down on monday in a chaise and four to see the place and was so much delighted with it that he agreed with mr morris immediately";
  const { model } = await train(textData([text]), {
    config: { states: 2 },
    training: { tolerance: 1e-7, restarts: 20 },
    steps: 400,
  });
  const { hmm: inner } = inside(model, { length: 0, columns: { text: { data: [], shape: [] } } });
  const { categories } = inner.logProbabilities();
  const names = inner.layout.spec.fields["text"] as { readonly names: readonly string[] };
  const [{ logProbs, levels }] = categories as [(typeof categories)[0]];
  const group = (letter: string): boolean => {
    const level = names.names.indexOf(letter);
    return logProbs[level]! > logProbs[levels + level]!;
  };
  const vowels = Array.from("aeio ", group);
  expect(new Set(vowels).size).toBe(1);
  for (const letter of "bcdfhlmnprstvwy") expect(group(letter)).toBe(!vowels[0]);
});
