import { beforeAll, expect, test } from "vitest";
import { makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { ragged } from "../data/index.js";
import type { DataSpec, Field } from "../data/types.js";
import { predictor } from "./predictor.js";
import { data, expectNoLeak, fake } from "./testing/fakes.js";
import type { Capable } from "./types.js";

beforeAll(() => useBackend("cpu"));

test("a joint model predicts labels by Bayes' rule", async () => {
  const logJoint = () => Float64Array.of(-1, -2, -5, -3);
  const { best, probabilities, names, lengths } = await predictor(
    fake({ classes: ["a", "b"], logJoint }, ["joint"]),
  )!(data());
  expect(names).toEqual(["a", "b"]);
  expect([...best]).toEqual([0, 1]);
  expect(probabilities[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  expect(lengths).toBeUndefined();
});

test("a probability too small to be told from 0 has its logarithm", async () => {
  const logPosterior = () => Float64Array.of(0, -2000, -900, 0);
  const { probabilities, logProbabilities } = await predictor(
    fake({ classes: ["a", "b"], logPosterior }, ["classifier"]),
  )!(data());
  expect([...probabilities]).toEqual([1, 0, 0, 1]);
  expect([...logProbabilities!]).toEqual([0, -2000, -900, 0]);
});

const lengths = Int32Array.of(2, 1);
const symbols = { length: 2, columns: { s: ragged([[0, 1], [1]]) } };
const symbol: Field = { type: "category", sequence: true, shape: [], levels: 2 };
const paths = (onEngine: boolean) => ({
  logPartition: () => new Float64Array(2),
  viterbi: () => ({ data: Int32Array.of(1, 0, 1), shape: [], lengths }),
  marginals: () => ({
    data: onEngine
      ? makeTensor([0.25, 0.75, 0.5, 0.5, 0, 1, 0, 0], [2, 2, 2])
      : Float64Array.of(0.25, 0.75, 0.5, 0.5, 0, 1),
    shape: [2],
    lengths,
  }),
  bestPaths: () => [],
});
const chain = (fields: DataSpec["fields"], onEngine: boolean): Capable =>
  fake(paths(onEngine), ["sequence"], {}, { kind: "sequences", fields });

test.each([false, true])("a model of sequences predicts tags (on the engine: %s)", async (onEngine) => {
  await expectNoLeak(async () => {
    const tags: Field = { ...symbol, role: "y", names: ["no", "yes"] };
    const found = await predictor(chain({ s: symbol, tags }, onEngine))!(symbols);
    expect(found).toEqual({
      names: ["no", "yes"],
      best: Int32Array.of(1, 0, 1),
      probabilities: Float64Array.of(0.25, 0.75, 0.5, 0.5, 0, 1),
      lengths,
    });
  });
});

test("without tags it predicts hidden states, by number", async () => {
  const { names } = await predictor(chain({ s: symbol }, false))!(symbols);
  expect(names).toEqual(["0", "1"]);
});

test("a model that tells neither has none", () => {
  expect(predictor(fake({ logProb: () => new Float64Array(1) }, ["density"]))).toBeUndefined();
});

test("labels of rows are told by classes only, and tags by paths only", async () => {
  const label: Field = { type: "category", shape: [], levels: 2, role: "y", names: ["a", "b"] };
  expect(predictor(chain({ s: symbol, y: label }, false))).toBeUndefined();
  const logPosterior = () => Float64Array.of(-2, -1, -1, -2);
  const classes = { classes: ["a", "b"], logPosterior, ...paths(false) };
  const both = (fields: DataSpec["fields"]): Capable =>
    fake(classes, ["classifier", "sequence"], {}, { kind: "sequences", fields });
  const ofRows = await predictor(both({ s: symbol, y: label }))!(symbols);
  expect([ofRows.best, ofRows.lengths]).toEqual([Int32Array.of(1, 0), undefined]);
  const ofElements = await predictor(both({ s: symbol, y: { ...symbol, role: "y" } }))!(symbols);
  expect([ofElements.best, ofElements.lengths]).toEqual([Int32Array.of(1, 0, 1), lengths]);
});
