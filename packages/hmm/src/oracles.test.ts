import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import type { EmissionParameters } from "./emissions/index.js";
import { expectation } from "./expectation.js";
import { likeliestPaths, logLikelihoods, posteriors } from "./inference.js";
import { maximisation } from "./maximisation.js";
import type { Sequences } from "./sequences.js";
import { categorical, model, symbolsOf } from "./testing/models.js";
import { near } from "./testing/near.js";

interface Case {
  emission: string;
  initial: number[];
  transition: number[][];
  emissionProbs?: number[][];
  means?: number[][];
  scales?: number[][];
  observations: number[] | number[][];
  logProb: number;
  viterbiPath: number[];
  viterbiLogProb: number;
  posteriors: number[][];
  afterOneBaumWelchStep?: { initial: number[]; transition: number[][]; emissionProbs: number[][] };
}

const folder = process.env.GEN_ORACLES ?? join(import.meta.dirname, "../../../test/oracles");
const { cases } = JSON.parse(readFileSync(join(folder, "hmm.json"), "utf8")) as { cases: Case[] };

function emissionOf({ emissionProbs, means, scales, initial }: Case): EmissionParameters {
  if (emissionProbs) return categorical(emissionProbs[0]!.length, emissionProbs.flat());
  return {
    kind: "gaussian",
    covariance: "diagonal",
    components: 1,
    columns: means![0]!.length,
    weights: new Float64Array(initial.length).fill(1),
    means: Float64Array.from(means!.flat()),
    covariances: Float64Array.from(scales!.flat(), (scale) => scale ** 2),
  };
}

function dataOf({ emissionProbs, observations }: Case): Sequences {
  if (emissionProbs) return symbolsOf(observations as number[]);
  const rows = observations as number[][];
  return {
    offsets: Int32Array.of(0, rows.length),
    tracks: [{ kind: "gaussian", columns: rows[0]!.length, data: Float64Array.from(rows.flat()) }],
  };
}

describe.each(cases)("sums over every path of a $emission chain", (oracle) => {
  const hmm = model(oracle.initial, oracle.transition.flat(), emissionOf(oracle));
  const data = dataOf(oracle);

  it("are the likelihood and the posteriors", () => {
    near(logLikelihoods(hmm, data), [oracle.logProb]);
    near(posteriors(hmm, data), oracle.posteriors.flat());
  });

  it("have the likeliest path", () => {
    const [path] = likeliestPaths(hmm, data);
    near(path!.states, oracle.viterbiPath, 0, 0);
    near([path!.logProb], [oracle.viterbiLogProb]);
  });

  const after = oracle.afterOneBaumWelchStep;
  it.runIf(after !== undefined)("make the same step of Baum-Welch", () => {
    const prior = { initial: 0, transition: 0, emission: 0, strength: 0, scales: [new Float64Array(0)] };
    const { chain, emissions } = maximisation(hmm, expectation(hmm, data), prior);
    near(chain.initial, after!.initial);
    near(chain.transition, after!.transition.flat());
    near((emissions[0] as { probabilities: Float64Array }).probabilities, after!.emissionProbs.flat());
  });
});
