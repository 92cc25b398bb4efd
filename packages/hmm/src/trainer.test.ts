import { dataset, InputError, key, ragged, readSync, rows, sample, type Dataset } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { manifest } from "./manifest.js";
import { Hmm } from "./model.js";
import {
  configOf,
  randomData,
  randomLines,
  symbolData,
  symbolField,
  tagField,
  taggedData,
  textData,
} from "./testing/data.js";
import { emissionNames, type EmissionName } from "./testing/models.js";
import { near } from "./testing/near.js";
import { noPriors, train } from "./testing/train.js";
import { trainer } from "./trainer.js";

beforeAll(() => useBackend("cpu"));

const lengths = [30, 1, 12, 50, 7, 20];
const rising = (values: readonly number[]): void => {
  values.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i]! - 1e-11));
  expect(values.at(-1)!).toBeGreaterThan(values[0]!);
};

const mixtures: readonly (readonly EmissionName[])[] = [
  ...emissionNames.map((name) => [name]),
  ["full", "categorical", "poisson"],
];

describe.each(mixtures.map((names) => ({ names })))("Baum-Welch over $names", ({ names }) => {
  it.each([
    ["ergodic", 0],
    ["left-right", 0.2],
    ["linear", 0],
  ] as const)("with the topology %s never lowers its objective", async (topology, missing) => {
    const data = randomData(key(3), names, lengths, missing);
    const config = { ...configOf(names), states: 3, topology };
    for (const training of [{}, { ...noPriors, regularization: 1e-3 }]) {
      const { metrics } = await train(data, { config, training: { ...training, tolerance: 0 }, steps: 25 });
      expect(metrics).toHaveLength(25);
      rising(metrics.map(({ objective }) => objective!));
      if (names.join() === "categorical" && "initialPrior" in training)
        rising(metrics.map(({ logLikelihood }) => logLikelihood!));
    }
  });

  it("makes the same sweep of batches of any size", async () => {
    const data = randomData(key(4), names, lengths);
    const config = { ...configOf(names), states: 2 };
    const whole = await train(data, { config, steps: 3 });
    const state = await whole.model.state();
    for (const batch of [1, 4]) {
      const { model, metrics } = await train(data, { config, steps: 3, batch });
      for (const [name, { data: values }] of await model.state()) near(values, state.get(name)!.data, 1e-10);
      near(Object.values(metrics.at(-1)!), Object.values(whole.metrics.at(-1)!), 1e-12);
    }
  });
});

it("keeps what the topology forbids at exactly 0, whatever the prior", async () => {
  const data = symbolData(randomLines(key(5), 8, 20));
  for (const topology of ["left-right", "linear"] as const) {
    const { inner } = await train(data, {
      config: { states: 4, topology },
      training: { transitionPrior: 1, initialPrior: 1, emissionPrior: 1 },
    });
    const { chain } = inner.learnings.classes[0]!.parameters;
    near(chain.initial, [1, 0, 0, 0]);
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++) {
        const allowed = j >= i && (topology === "left-right" || j <= i + 1);
        if (allowed) expect(chain.transition[4 * i + j]).toBeGreaterThan(0);
        else expect(chain.transition[4 * i + j]).toBe(0);
      }
  }
});

it("leaves frozen parameters as they are", async () => {
  const data = symbolData(randomLines(key(6), 8, 20));
  const start = (
    await train(data, {
      steps: 1,
      training: { learnInitial: false, learnTransitions: false, learnEmissions: false },
    })
  ).inner;
  const { chain, emissions } = start.learnings.classes[0]!.parameters;
  const learned = async (training: object) =>
    (await train(data, { steps: 5, training })).inner.learnings.classes[0]!.parameters;
  const transitions = await learned({ learnTransitions: false });
  expect(transitions.chain.transition).toEqual(chain.transition);
  expect(transitions.emissions).not.toEqual(emissions);
  const others = await learned({ learnInitial: false, learnEmissions: false });
  expect(others.chain.initial).toEqual(chain.initial);
  expect(others.emissions).toEqual(emissions);
  expect(others.chain.transition).not.toEqual(chain.transition);
});

describe("with tags", () => {
  const lines = [
    [0, 1, 2, 3, 2],
    [1, 1, 3],
    [2, 2, 0, 1],
  ];
  const tags = [
    [0, 0, 1, 1, 1],
    [0, 0, 1],
    [1, 1, 0, 0],
  ];

  it("counts, when all are known", async () => {
    const { inner, end } = await train(taggedData(lines, tags), { training: noPriors });
    expect(end).toMatchObject({ reason: "converged" });
    const { chain, emissions } = inner.learnings.classes[0]!.parameters;
    near(chain.initial, [2 / 3, 1 / 3]);
    near(chain.transition, [3 / 5, 2 / 5, 1 / 4, 3 / 4]);
    const [emission] = emissions;
    if (emission?.kind !== "categorical") expect.fail("other emissions");
    near(emission.probabilities, [2 / 6, 4 / 6, 0, 0, 0, 0, 4 / 6, 2 / 6]);
    const found = inner.viterbi(rows({ x: ragged([Int32Array.of(0, 1, 2)]) }));
    near(found.data as Int32Array, [0, 0, 1]);
  });

  it("learns from some, with several states for each", async () => {
    const gaps = tags.map((line, i) => line.map((tag, t) => ((i + t) % 2 === 0 ? tag : -1)));
    const { inner, metrics } = await train(taggedData(lines, gaps), {
      config: { states: 2 },
      training: { tolerance: 0 },
      steps: 30,
    });
    rising(metrics.map(({ objective }) => objective!));
    expect(inner.states).toBe(4);
    const x = rows({ x: ragged(lines.map((line) => Int32Array.from(line))) });
    const marginals = inner.marginals(x);
    expect(marginals.shape).toEqual([2]);
    const decoded = inner.viterbi(x).data as Int32Array;
    tags.flat().forEach((tag, t) => expect(decoded[t]).toBe(tag));
  });
});

it("recovers the transitions that sequences were drawn with", async () => {
  const seen = taggedData(randomLines(key(7), 30, 12), randomLines(key(8), 30, 12, 2));
  const { model, inner } = await train(seen);
  const drawn = await sample(model, { key: key(9), count: 400, options: { length: 100 } });
  const again = await train(dataset(seen.spec, drawn), { training: noPriors });
  const truth = inner.learnings.classes[0]!.parameters.chain.transition;
  const found = again.inner.learnings.classes[0]!.parameters.chain.transition;
  truth.forEach((p, at) => {
    // Some 20 000 transitions leave each state: five standard errors.
    expect(Math.abs(found[at]! - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 15_000));
  });
});

it("finds the states of numbers that change", async () => {
  const { inner, metrics } = await train(randomData(key(10), ["full"], [400]), { config: { states: 2 } });
  expect(metrics.at(-1)!["logLikelihood"]).toBeGreaterThan(metrics[0]!["logLikelihood"]!);
  const { transition } = inner.learnings.classes[0]!.parameters.chain;
  expect(transition[0]! + transition[3]!).toBeGreaterThan(1.9);
});

it("refuses a state that is not its own", () => {
  const spec = { kind: "sequences", fields: { x: symbolField } } as const;
  const config = { states: 2, topology: "ergodic", covariance: "full", components: 1, counts: "" } as const;
  const defaults = Object.fromEntries(
    Object.entries(manifest.training).map(([name, property]) => [name, property.default]),
  );
  const own = trainer(new Hmm(spec, config), defaults as unknown as Parameters<typeof trainer>[1]);
  expect(() => own.restore(new Map())).toThrow(InputError);
});

describe("on little and odd data", () => {
  const reals = (values: readonly number[], length: number): Dataset =>
    dataset(
      { kind: "sequences", fields: { x: { sequence: true, optional: true, type: "real", shape: [1] } } },
      rows({
        x: {
          data: Float64Array.from(values),
          shape: [1],
          lengths: new Int32Array(values.length / length).fill(length),
        },
      }),
    );
  const finite = async (data: Dataset, config: object = {}): Promise<void> => {
    const { metrics, model } = await train(data, { config, steps: 30 });
    expect(metrics.every(({ objective }) => Number.isFinite(objective))).toBe(true);
    const x = await data.take(Int32Array.of(0));
    expect(Number.isFinite(readSync(model.logProb(x))[0])).toBe(true);
  };

  it("ten rows, a constant column, the same row many times, one symbol, one element", async () => {
    await finite(symbolData(randomLines(key(11), 10, 3)), { states: 8 });
    for (const covariance of ["full", "tied", "diagonal", "spherical"])
      await finite(reals(new Array<number>(40).fill(2.5), 4), { covariance });
    await finite(
      reals(
        Array.from({ length: 60 }, (_, i) => i % 3),
        3,
      ),
    );
    await finite(symbolData([[2, 2, 2], [2]], 4));
    await finite(symbolData([[1]]));
    await finite(textData(["a", "", "ab"]));
  });

  it("one class", async () => {
    const data = symbolData(randomLines(key(12), 10, 5));
    const label = { role: "y", type: "category", shape: [], levels: 1, names: ["only"] } as const;
    const x = await data.take(Int32Array.from({ length: 10 }, (_, i) => i));
    const labelled = dataset(
      { kind: "sequences", fields: { ...data.spec.fields, y: label } },
      { length: 10, columns: { ...x.columns, y: { data: new Int32Array(10), shape: [] } } },
    );
    const { inner } = await train(labelled, { config: { states: 2 } });
    near(inner.logJoint(x), inner.logProb(x), 1e-14);
  });

  it("says in one sentence what is wrong", async () => {
    const fails = async (promise: Promise<unknown>, message: RegExp): Promise<void> => {
      const error: unknown = await promise.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).message).toMatch(message);
    };
    await fails(train(reals(new Array<number>(6).fill(NaN), 3)), /^Column "x" is missing everywhere/);
    await fails(train(symbolData([[], []])), /^The data have only empty sequences/);
    const label = { role: "y", type: "category", shape: [], levels: 2, names: ["a", "b"] } as const;
    const fields = { x: symbolField, y: label };
    const one = rows({ x: ragged([Int32Array.of(1, 2)]), y: Int32Array.of(0) });
    await fails(train(dataset({ kind: "sequences", fields }, one)), /^The class "b" has no sequences/);
    await fails(
      train(dataset({ kind: "sequences", fields: { z: { type: "real", shape: [] } } }, rows({ z: [1] }))),
      /takes sequences, and the column "z" has one value/,
    );
    await fails(train(reals([1, 2], 2), { config: { counts: "y" } }), /names "y", but .*: x\.$/);
    await fails(train(reals([1, -2], 2), { config: { counts: "x" } }), /is -2 in row 1 where a count/);
    const unequal = rows({ x: ragged([Int32Array.of(1, 2)]), tags: ragged([Int32Array.of(1)]) });
    await fails(
      train(dataset({ kind: "sequences", fields: { x: symbolField, tags: tagField } }, unequal)),
      /2 elements in row 1 and column "tags" has 1/,
    );
    const impossible = taggedData([[0, 1]], [[1, 1]]);
    await fails(
      train(impossible, { config: { topology: "linear" } }),
      /^1 sequences are impossible under the model/,
    );
  });
});
