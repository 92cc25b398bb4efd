import { InputError, key, load, rows, sample, save, score } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { gpt } from "./index.js";
import { textData } from "./testing/text.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

const poems = textData(["床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"]);

it("writes text of the data's characters, from a beginning too", async () => {
  const { model } = await train(poems, { steps: 60, config: { context: 12 } });
  const drawn = await sample(model, { key: key(1), count: 3, options: { length: 10 } });
  const known = new Set("床前明月光疑是地上霜举头望低思故乡");
  for (const text of drawn.columns["text"]!.data as string[])
    for (const character of text) expect(known.has(character)).toBe(true);
  const given = model.given(rows({ text: ["举头"] }));
  const [line] = (await sample(given, { key: key(1), count: 1, options: { temperature: 0 } })).columns[
    "text"
  ]!.data as string[];
  expect(line!.startsWith("举头")).toBe(true);
});

it("scores a text exactly, character by character", async () => {
  const { model } = await train(poems, { steps: 2 });
  const scored = await score(model, rows({ text: ["明月", "霜"] }), { key: key(1) });
  if (scored.kind !== "exact") expect.fail(scored.kind);
  expect(Array.from(scored.elements)).toEqual([2, 1]);
  for (const nats of scored.nats) expect(nats).toBeLessThan(0);
});

it("names a character that it does not know", async () => {
  const { model } = await train(poems, { steps: 1 });
  for (const ask of [
    () => model.given(rows({ text: ["月球"] })),
    () => model.logProb(rows({ text: ["月", "球"] })),
  ]) {
    expect(ask).toThrow(InputError);
    expect(ask).toThrow(/"球"/);
  }
});

it("writes a file that reads back as the same model", async () => {
  const { model } = await train(poems, { steps: 2 });
  const file = await save(model);
  const copy = await load(file, [gpt]);
  expect(await save(copy)).toEqual(file);
});
