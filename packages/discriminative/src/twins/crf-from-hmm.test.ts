import { InputError, ragged, rows } from "@gen/core";
import { describe, expect, it } from "vitest";
import { decode } from "../crf/index.js";
import { near } from "../testing/near.js";
import { crfFromHmm, type HmmNumbers } from "./crf-from-hmm.js";

const hmm: HmmNumbers = {
  initial: [0.6, 0.4],
  transition: [
    [0.7, 0.3],
    [0.4, 0.6],
  ],
  emission: [
    [0.5, 0.4, 0.1],
    [0.1, 0.3, 0.6],
  ],
  states: ["rain", "sun"],
  symbols: ["walk", "shop", "clean"],
};
const symbols = Int32Array.of(0, 1, 2, 2, 0);

/** p(states, symbols) of every path, by the model's definition. */
function joint({ initial, transition, emission }: HmmNumbers, seen: Int32Array): Map<string, number> {
  const paths = new Map<string, number>();
  for (let index = 0; index < 2 ** seen.length; index++) {
    const path = Int32Array.from(seen, (_, t) => (index >> t) & 1);
    let p = initial[path[0]!]!;
    path.forEach((state, t) => {
      p *= (t > 0 ? transition[path[t - 1]!]![state]! : 1) * (seen[t]! < 0 ? 1 : emission[state]![seen[t]!]!);
    });
    paths.set(path.join(), p);
  }
  return paths;
}

describe("the field of a hidden Markov model", () => {
  const model = crfFromHmm(hmm);
  const x = rows({ symbol: ragged([symbols]) });

  it("has its likelihood as partition, its posteriors and its best path", () => {
    const paths = joint(hmm, symbols);
    const total = [...paths.values()].reduce((a, b) => a + b, 0);
    near(model.logPartition(x), [Math.log(total)], { relative: 1e-12 });
    const found = decode(model, x, { best: 32 })[0]!;
    expect(found).toHaveLength(32);
    for (const { tags, logProbability } of found)
      near([Math.exp(logProbability)], [paths.get(tags.join())! / total], { relative: 1e-10 });
    const best = [...paths].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
    expect(found[0]!.tags.join()).toBe(best);
    const marginals = model.marginals(x).data as Float64Array;
    symbols.forEach((_, t) => {
      const own = [...paths]
        .filter(([path]) => path.split(",")[t] === "1")
        .reduce((sum, [, p]) => sum + p, 0);
      near([marginals[2 * t + 1]!], [own / total], { relative: 1e-10 });
    });
  });

  it("takes impossible for impossible, and sums over missing symbols", () => {
    const strict = {
      ...hmm,
      transition: [
        [1, 0],
        [0.4, 0.6],
      ],
      initial: [0, 1],
    };
    const seen = Int32Array.of(1, -1, 2);
    const paths = joint(strict, seen);
    const total = [...paths.values()].reduce((a, b) => a + b, 0);
    const own = rows({ symbol: ragged([seen]) });
    near(crfFromHmm(strict).logPartition(own), [Math.log(total)], { relative: 1e-12 });
    expect(model.tags).toEqual(["rain", "sun"]);
  });

  it("refuses what is no model", () => {
    expect(() => crfFromHmm({ ...hmm, initial: [1] })).toThrow(InputError);
    expect(() => crfFromHmm({ ...hmm, transition: [[1, 0]] })).toThrow(/"transition" is not 2 × 2/);
    expect(() =>
      crfFromHmm({
        ...hmm,
        emission: [
          [1, 0],
          [-1, 2],
        ],
      }),
    ).toThrow(/"emission" holds -1/);
  });
});
