import { ragged, rows } from "@gen/core";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decode } from "../crf/index.js";
import { near } from "../testing/near.js";
import { crfFromHmm } from "./crf-from-hmm.js";

interface Case {
  readonly emission: string;
  readonly initial: number[];
  readonly transition: number[][];
  readonly emissionProbs: number[][];
  readonly observations: number[];
  readonly logProb: number;
  readonly viterbiPath: number[];
  readonly viterbiLogProb: number;
  readonly posteriors: number[][];
}

const folder = process.env.GEN_ORACLES ?? join(import.meta.dirname, "../../../../test/oracles");
const { cases } = JSON.parse(readFileSync(join(folder, "hmm.json"), "utf8")) as { cases: Case[] };
const close = { relative: 1e-9, absolute: 1e-12 };

it.each(cases.filter(({ emission }) => emission === "categorical"))(
  "a hidden Markov model as a conditional random field has the same numbers",
  (oracle) => {
    const model = crfFromHmm({ ...oracle, emission: oracle.emissionProbs });
    const x = rows({ symbol: ragged([Int32Array.from(oracle.observations)]) });
    near(model.logPartition(x), [oracle.logProb], close);
    near(model.marginals(x).data as Float64Array, oracle.posteriors.flat(), close);
    const best = decode(model, x)[0]![0]!;
    expect([...best.tags]).toEqual(oracle.viterbiPath);
    near([best.score], [oracle.viterbiLogProb], close);
  },
);
