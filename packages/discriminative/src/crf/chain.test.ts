import { key } from "@gen/core";
import { normals64 } from "@gen/core/random";
import { describe, expect, it } from "vitest";
import { enumerate } from "../testing/enumerate.js";
import { near } from "../testing/near.js";
import { bestLabellings } from "./best.js";
import { scoreOf, sumsOf, type Links } from "./chain.js";
import { Expectations } from "./expectations.js";

/** The vector that CRFsuite's own code is debugged with. */
const logs = (values: number[]): Float64Array => Float64Array.from(values, Math.log);
const debug: Links = {
  tags: 3,
  transitions: logs([0.3, 0.1, 0.4, 0.6, 0.2, 0.1, 0.5, 0.2, 0.1]),
  start: new Float64Array(3),
  end: new Float64Array(3),
};
const debugScores = logs([0.4, 0.5, 0.1, 0.4, 0.1, 0.5, 0.4, 0.1, 0.5]);

function random(seed: number, tags: number, length: number, spread = 1) {
  const draw = (name: string, count: number): Float64Array =>
    normals64(key(seed).fold(name), count).map((value) => spread * value);
  const links: Links = {
    tags,
    transitions: draw("transitions", tags * tags),
    start: draw("start", tags),
    end: draw("end", tags),
  };
  return { links, scores: draw("scores", tags * length) };
}

/** Marginals of elements and of pairs, by enumeration. */
function marginals(links: Links, scores: Float64Array) {
  const nodes = new Float64Array(scores.length);
  const pairs = new Float64Array(links.tags ** 2);
  for (const { tags, probability } of enumerate(links, scores)) {
    tags.forEach((tag, at) => {
      nodes[at * links.tags + tag]! += probability;
      if (at > 0) pairs[tags[at - 1]! * links.tags + tag]! += probability;
    });
  }
  return { nodes, pairs };
}

const close = { relative: 1e-11, absolute: 1e-14 };

describe("CRFsuite's debug vector", () => {
  it("has Z = .0967 and the best sequence 1-0-2 with p = .248190", () => {
    const { logPartition } = sumsOf(debug, debugScores);
    near([Math.exp(logPartition)], [0.0967], { absolute: 1e-12 });
    const [best] = bestLabellings(debug, debugScores, 1);
    expect([...best!.tags]).toEqual([1, 0, 2]);
    near([Math.exp(best!.score - logPartition)], [0.24819], { absolute: 5e-7 });
  });

  it("has the marginals of its 27 labellings", () => {
    const expected = marginals(debug, debugScores);
    near(sumsOf(debug, debugScores).logMarginals.map(Math.exp), expected.nodes, close);
    const [nodes, pairs] = [debugScores.slice(), new Float64Array(9)];
    new Expectations(debug).take(nodes, 0, 9, pairs);
    near(nodes, expected.nodes, close);
    near(pairs, expected.pairs, close);
  });
});

describe.each([
  ["near each other", 1],
  ["far apart", 300],
])("scores %s", (_, spread) => {
  it.each([1, 2, 3, 4])("sum as labellings do, of sequence %d", (seed) => {
    const { links, scores } = random(seed, 2 + (seed % 3), 5, spread);
    const expected = marginals(links, scores);
    const { logPartition, logMarginals } = sumsOf(links, scores);
    near(logMarginals.map(Math.exp), expected.nodes, { relative: 1e-9, absolute: 1e-12 });
    const [nodes, pairs] = [scores.slice(), new Float64Array(links.tags ** 2)];
    near([new Expectations(links).take(nodes, 0, nodes.length, pairs)], [logPartition], close);
    near(nodes, expected.nodes, { relative: 1e-9, absolute: 1e-12 });
    near(pairs, expected.pairs, { relative: 1e-9, absolute: 1e-12 });
  });
});

it("finds the best labellings in their order", () => {
  for (const seed of [5, 6, 7]) {
    const { links, scores } = random(seed, 3, 4);
    const expected = enumerate(links, scores);
    const found = bestLabellings(links, scores, 100);
    expect(found).toHaveLength(81);
    found.forEach(({ tags, score }, i) => {
      expect(score).toBeCloseTo(expected[i]!.score, 10);
      expect(scoreOf(links, scores, tags)).toBeCloseTo(score, 10);
    });
    expect(bestLabellings(links, scores, 7).map(({ tags }) => tags)).toEqual(
      found.slice(0, 7).map(({ tags }) => tags),
    );
  }
});

it("does not mind a constant added to all scores of an element", () => {
  const { links, scores } = random(8, 3, 5);
  const shifted = scores.map((score, i) => score + (Math.floor(i / 3) === 2 ? 7 : 0));
  const [a, b] = [sumsOf(links, scores), sumsOf(links, shifted)];
  near(b.logMarginals, a.logMarginals, { relative: 1e-11, absolute: 1e-12 });
  near([b.logPartition - 7], [a.logPartition], close);
  expect(bestLabellings(links, shifted, 1)[0]!.tags).toEqual(bestLabellings(links, scores, 1)[0]!.tags);
});

it("gives every labelling T^-L without weights", () => {
  const zero = {
    tags: 4,
    transitions: new Float64Array(16),
    start: new Float64Array(4),
    end: new Float64Array(4),
  };
  near([sumsOf(zero, new Float64Array(24)).logPartition], [6 * Math.log(4)], close);
});

it("takes what is impossible for impossible", () => {
  const { links, scores } = random(9, 3, 4);
  const transitions = links.transitions.slice();
  transitions[1] = transitions[5] = -Infinity;
  const limited = { ...links, transitions };
  const expected = enumerate(limited, scores).filter(({ probability }) => probability > 0);
  const found = bestLabellings(limited, scores, 81);
  expect(found.map(({ tags }) => tags)).toEqual(expected.map(({ tags }) => tags));
  const [nodes, pairs] = [scores.slice(), new Float64Array(9)];
  new Expectations(limited).take(nodes, 0, nodes.length, pairs);
  const truth = marginals(limited, scores);
  near(nodes, truth.nodes, { absolute: 1e-12 });
  near(pairs, truth.pairs, { absolute: 1e-12 });
  expect(bestLabellings(limited, new Float64Array(12).fill(-Infinity), 3)).toEqual([]);
});

it("knows sequences of one element and of none", () => {
  const { links, scores } = random(10, 3, 1);
  near(sumsOf(links, scores).logMarginals.map(Math.exp), marginals(links, scores).nodes, close);
  expect(sumsOf(links, new Float64Array()).logPartition).toBe(0);
  expect(bestLabellings(links, new Float64Array(), 2)).toEqual([{ tags: new Int32Array(), score: 0 }]);
});
