import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { near } from "../testing/near.js";
import { bestLabellings } from "./best.js";
import { scoreOf, sumsOf } from "./chain.js";
import { Expectations } from "./expectations.js";

interface Oracle {
  readonly emissions: number[][];
  readonly transitions: number[][];
  readonly start: number[];
  readonly end: number[];
  readonly logPartition: number;
  readonly marginals: number[][];
  readonly viterbiPath: number[];
  readonly viterbiScore: number;
  readonly gold: number[];
  readonly goldLogProb: number;
}

const folder = process.env.GEN_ORACLES ?? join(import.meta.dirname, "../../../../test/oracles");
const oracle = JSON.parse(readFileSync(join(folder, "crf.json"), "utf8")) as Oracle;
const close = { relative: 1e-9, absolute: 1e-12 };
const links = {
  tags: oracle.start.length,
  transitions: Float64Array.from(oracle.transitions.flat()),
  start: Float64Array.from(oracle.start),
  end: Float64Array.from(oracle.end),
};
const scores = Float64Array.from(oracle.emissions.flat());

it("sums over all labellings, in logarithms and scaled", () => {
  const { logPartition, logMarginals } = sumsOf(links, scores);
  near([logPartition], [oracle.logPartition], close);
  near(logMarginals.map(Math.exp), oracle.marginals.flat(), close);
  const marginals = scores.slice();
  const found = new Expectations(links).take(marginals, 0, marginals.length, new Float64Array(9));
  near([found], [oracle.logPartition], close);
  near(marginals, oracle.marginals.flat(), close);
});

it("finds the best labelling", () => {
  const [best] = bestLabellings(links, scores, 1);
  expect([...best!.tags]).toEqual(oracle.viterbiPath);
  near([best!.score], [oracle.viterbiScore], close);
});

it("knows the probability of a labelling", () => {
  const score = scoreOf(links, scores, Int32Array.from(oracle.gold));
  near([score - sumsOf(links, scores).logPartition], [oracle.goldLogProb], close);
});
