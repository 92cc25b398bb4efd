import { all, InputError, key, ragged, rows, sample, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals64 } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { enumerate } from "../testing/enumerate.js";
import { near } from "../testing/near.js";
import { spec, tagged, tags } from "../testing/poems.js";
import { seenIn } from "./chunks.js";
import { decode } from "./decode.js";
import { Crf } from "./model.js";

beforeAll(() => useBackend("cpu"));

const x = rows({ symbol: ragged([Int32Array.of(0, 3, 5, 1), Int32Array.of(2)]) });

/** A model of random weights. */
async function made(templates = "bias -1 0 0|1"): Promise<Crf> {
  const model = new Crf(spec, { templates });
  const choice = { minimumCount: 1, allStates: true, allTransitions: true };
  const seen = seenIn(model, [await all(tagged(key(1), 40))], choice);
  model.learn(seen.features, normals64(key(2), seen.learned.length));
  return model;
}

describe("a field of random weights", () => {
  it("tells marginals, partition and best tags as enumeration does", async () => {
    const model = await made();
    const scores = model.scores(x);
    const marginals = model.marginals(x);
    const best = model.viterbi(x);
    expect([marginals.shape, [...marginals.lengths!], [...best.lengths!]]).toEqual([[3], [4, 1], [4, 1]]);
    let at = 0;
    scores.forEach((own, row) => {
      const found = enumerate(model.links, own);
      const total = found.reduce((sum, { score }) => sum + Math.exp(score), 0);
      expect(model.logPartition(x)[row]).toBeCloseTo(Math.log(total), 9);
      const length = own.length / 3;
      expect((best.data as Int32Array).slice(at, at + length)).toEqual(found[0]!.tags);
      const firsts = model.bestPaths(x, 3)[row]!;
      expect(() => model.bestPaths(x, 0)).toThrow(InputError);
      expect(firsts.map(({ path }) => path)).toEqual(found.slice(0, 3).map(({ tags: labels }) => labels));
      firsts.forEach(({ score }, i) => expect(score).toBeCloseTo(found[i]!.score, 9));
      for (let i = 0; i < own.length; i++) {
        const share = found
          .filter(({ tags: labels }) => labels[Math.floor(i / 3)] === i % 3)
          .reduce((sum, { probability }) => sum + probability, 0);
        expect((marginals.data as Float64Array)[3 * at + i]).toBeCloseTo(share, 10);
      }
      at += length;
    });
  });

  it("decodes the best, and the best of what is allowed", async () => {
    const model = await made();
    const scores = model.scores(x)[0]!;
    const expected = enumerate(model.links, scores);
    const [five] = decode(model, x, { best: 5 });
    five!.forEach(({ tags: labels, logProbability }, i) => {
      expect(labels).toEqual(expected[i]!.tags);
      expect(Math.exp(logProbability)).toBeCloseTo(expected[i]!.probability, 10);
    });
    const limited = decode(model, x, {
      forbidden: [
        ["x", "y"],
        ["z", "z"],
      ],
      allowed: (row, element) => (row === 0 && element === 2 ? ["x", "z"] : undefined),
    })[0]![0]!;
    const allowed = expected.filter(
      ({ tags: t }) =>
        t[2] !== 1 &&
        t.every((to, i) => i === 0 || !((t[i - 1] === 0 && to === 1) || (t[i - 1] === 2 && to === 2))),
    );
    expect(limited.tags).toEqual(allowed[0]!.tags);
    const share = allowed[0]!.probability / allowed.reduce((sum, { probability }) => sum + probability, 0);
    expect(Math.exp(limited.logProbability)).toBeCloseTo(share, 10);
    expect(() => decode(model, x, { allowed: () => [] })).toThrow(
      /^decode: no labelling of row 1 is allowed/,
    );
    expect(() => decode(model, x, { forbidden: [["x", "w"]] })).toThrow(/"w" is no tag/);
    expect(() => decode(model, x, { best: 0 })).toThrow(InputError);
  });

  it("draws tags as likely as they are, and knows their density", async () => {
    const model = await made();
    const first = rows({ symbol: ragged([Int32Array.of(0, 3, 5)]) });
    const view = model.given(first);
    const count = 20_000;
    const drawn = await sample(view, { key: key(3), count });
    expect([...drawn.columns["symbol"]!.lengths!.subarray(0, 2)]).toEqual([3, 3]);
    const labels = drawn.columns["tag"]!.data as Int32Array;
    const logProb = view.logProb(drawn) as Float64Array;
    const counts = new Map<string, number>();
    for (let row = 0; row < count; row++) {
      const name = labels.subarray(3 * row, 3 * row + 3).join();
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const { tags: own, probability } of enumerate(model.links, model.scores(first)[0]!)) {
      const error = Math.sqrt((probability * (1 - probability)) / count);
      expect(Math.abs((counts.get(own.join()) ?? 0) / count - probability)).toBeLessThan(6 * error + 1e-4);
      const row = Array.from({ length: count }, (_, i) => i).find(
        (i) => labels.subarray(3 * i, 3 * i + 3).join() === own.join(),
      );
      if (row !== undefined) expect(logProb[row]).toBeCloseTo(Math.log(probability), 9);
    }
  });

  it("gives one condition to all rows, or one to each", async () => {
    const model = await made();
    const two = await sample(model.given(x), { key: key(4), count: 2 });
    expect([...two.columns["tag"]!.lengths!]).toEqual([4, 1]);
    await expect(sample(model.given(x), { key: key(4), count: 3 })).rejects.toThrow(
      /^3 rows can't be paired with 2/,
    );
    const wrong = rows({ tag: ragged([Int32Array.of(0)]) });
    expect(() => model.given(rows({ symbol: ragged([Int32Array.of(1, 2)]) })).logProb(wrong)).toThrow(
      /has 1 tags in row 1 for 2 elements/,
    );
  });

  it("leaves out attributes that it has not seen", async () => {
    const model = await made("0|1|2|3|4");
    const scores = model.scores(rows({ symbol: ragged([Int32Array.of(5, 5, 5, 5, 5, 5)]) }))[0]!;
    near(scores.subarray(0, 6), new Float64Array(6), {});
  });
});

describe("refuses in one sentence", () => {
  const symbol = spec.fields["symbol"]!;
  const tag = spec.fields["tag"]!;
  it.each<[string, DataSpec["fields"], RegExp]>([
    ["numbers", { n: { type: "real", shape: [], sequence: true }, tag }, /the column "n" is something else/],
    ["one symbol a row", { s: { type: "category", shape: [], levels: 2 }, tag }, /the column "s"/],
    [
      "one label a row",
      { symbol, y: { type: "category", shape: [], levels: 2, role: "y" } },
      /the label "y"/,
    ],
  ])("%s", (_, fields, message) => {
    expect(() => new Crf({ kind: "sequences", fields }, { templates: "0" })).toThrow(InputError);
    expect(() => new Crf({ kind: "sequences", fields }, { templates: "0" })).toThrow(message);
  });

  it("templates that are none", () => {
    for (const templates of ["", "a", "0|", "word[0]", "0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0"])
      expect(() => new Crf(spec, { templates })).toThrow(InputError);
  });

  it("columns of unequal lengths, and missing tags", () => {
    const model = new Crf(spec, { templates: "0" });
    const unequal = rows({ symbol: ragged([Int32Array.of(1, 2)]), tag: ragged([Int32Array.of(1)]) });
    expect(() => model.logPosterior(unequal)).toThrow(/"symbol" and "tag" have unequal lengths in row 1/);
    const missing = rows({
      symbol: ragged([Int32Array.of(1), Int32Array.of(1, 2)]),
      tag: ragged([Int32Array.of(1), Int32Array.of(0, -1)]),
    });
    expect(() => model.logPosterior(missing)).toThrow(/"tag" lacks a tag in row 2/);
  });

  it("states that don't fit together", async () => {
    const model = await made();
    const state = new Map(await model.state());
    for (const name of state.keys()) {
      const less = new Map(state);
      less.delete(name);
      expect(() => new Crf(spec, { templates: "0" }).restore(less)).toThrow(InputError);
    }
    const twice = new Map(state).set("attributes", {
      dtype: "F64",
      shape: [model.features.attributes.length],
      data: new Float64Array(model.features.attributes.length),
    });
    expect(() => model.restore(twice)).toThrow(/don't fit together/);
  });
});

it("names its tags as the data do", () => {
  expect(new Crf(spec, { templates: "0" }).tags).toEqual(tags);
});
