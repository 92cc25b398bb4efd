import {
  dataset,
  demand,
  has,
  InputError,
  key,
  rows,
  sample,
  type Capable,
  type DataSpec,
  type Rows,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { textData } from "./testing/data.js";
import { near } from "./testing/near.js";
import { noPriors, train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

const lines = ["abab", "ab", "ababab", "abc", "cab"];
const trained = async () => (await train(textData(lines), { config: { states: 3 }, steps: 30 })).model;
const given = (model: Capable, text: string): Capable<"density" | "sample"> =>
  demand(demand(model, "conditional").given(rows({ text: [text] })), "density", "sample");

it("goes on from a beginning as likely as the whole is beside all that begin so", async () => {
  const model = await trained();
  const whole = model.logProb(rows({ text: lines }));
  const view = given(model, "ab");
  const found = view.logProb(rows({ text: lines })) as Float64Array;
  // log p(x) - log p(x | beginning) is log p(beginning), the same for all that begin so.
  const own = [0, 1, 2, 3].map((row) => whole[row]! - found[row]!);
  near(own, new Float64Array(4).fill(own[0]!), 1e-9);
  expect(own[0]).toBeLessThan(0);
  expect(found[4]).toBe(-Infinity);
  near(given(model, "").logProb(rows({ text: lines })) as Float64Array, whole, 1e-12);
});

it("has the probability of all that may follow", async () => {
  const model = await trained();
  const view = given(model, "ab");
  let layer = [""];
  let total = 0;
  for (let length = 0; length <= 7; length++) {
    const texts = layer.map((rest) => `ab${rest}`);
    for (const value of view.logProb(rows({ text: texts })) as Float64Array) total += Math.exp(value);
    layer = layer.flatMap((rest) => ["a", "b", "c"].map((next) => rest + next));
  }
  expect(total).toBeGreaterThan(0.9);
  expect(total).toBeLessThan(1 + 1e-9);
});

it("draws texts that begin so", async () => {
  const model = await trained();
  expect(has(model, "conditional")).toBe(true);
  const { columns } = await sample(given(model, "ab"), { key: key(1), count: 400 });
  const texts = columns["text"]!.data as readonly string[];
  expect(texts.every((text) => text.startsWith("ab"))).toBe(true);
  const ended = texts.filter((text) => text === "ab").length / 400;
  const [expected] = given(model, "ab").logProb(rows({ text: ["ab"] })) as Float64Array;
  expect(Math.abs(ended - Math.exp(expected!))).toBeLessThan(0.08);
});

it("tells which class begins so, and goes on as that one does", async () => {
  const spec: DataSpec = {
    kind: "text",
    fields: {
      text: { type: "text" },
      y: { type: "category", shape: [], levels: 2, names: ["up", "down"], role: "y" },
    },
  };
  const texts = ["ab", "abab", "ababab", "cd", "cdcd", "cdcdcd"];
  const data = dataset(spec, rows({ text: texts, y: Int32Array.of(0, 0, 0, 1, 1, 1) }));
  const { model } = await train(data, { config: { states: 2 }, training: noPriors, steps: 30 });
  const drawn = async (condition: Rows): Promise<readonly string[]> => {
    const view = demand(demand(model, "conditional").given(condition), "sample");
    const { columns } = await sample(view, { key: key(2), count: 50 });
    return columns["text"]!.data as readonly string[];
  };
  for (const text of await drawn(rows({ text: ["c"] }))) expect(text).toMatch(/^c[cd]*$/);
  for (const text of await drawn(rows({ text: ["a"], y: ["up"] }))) expect(text).toMatch(/^a[ab]*$/);
  const inner = demand(model, "conditional");
  expect(() => inner.given(rows({ text: ["a"], y: ["down"] }))).toThrow(
    /can't make a text with this beginning/,
  );
  expect(() => inner.given(rows({ text: ["ac"] }))).toThrow(InputError);
});

it("refuses no beginning, and several", async () => {
  const model = await trained();
  const inner = demand(model, "conditional");
  expect(() => inner.given({ length: 1, columns: {} })).toThrow(InputError);
  expect(() => inner.given(rows({ text: ["a", "b"] }))).toThrow(/Give one row with a beginning of "text"/);
});
