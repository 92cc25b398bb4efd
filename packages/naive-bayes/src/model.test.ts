import { InputError, key, posterior, readSync, rows, sample, slice, take, type Rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { label, mixedRows, mixedSpec, table, weighed, weighedSpec } from "./testing/data.js";
import { near } from "./testing/near.js";
import { naiveBayesOf } from "./testing/settings.js";
import type { NaiveBayes } from "./model.js";

beforeAll(() => useBackend("cpu"));

const all = mixedRows(key(1), 120, 0.2);
const learnedFrom = (...parts: readonly Rows[]): NaiveBayes => {
  const model = naiveBayesOf(mixedSpec, { columns: "height=student-t" });
  for (const part of parts) model.partialFit(part);
  return model;
};
const numbersIn = (model: NaiveBayes): number[] => [
  ...model.statistics.classWeights,
  ...model.statistics.parts.flatMap((sums) => Object.values(sums).flatMap((values) => Array.from(values))),
];

describe("partialFit", () => {
  it("of any parts in any order is that of all rows, to 1e-12", () => {
    const whole = numbersIn(learnedFrom(all));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 1e6 }),
        (cuts, seed) => {
          const order = Int32Array.from({ length: 120 }, (_, i) => i);
          order.sort((a, b) => ((a * 7919 + seed) % 127) - ((b * 7919 + seed) % 127));
          const shuffled = take(all, order);
          const ends = [0, ...cuts.sort((a, b) => a - b), 120];
          const parts = ends.slice(1).map((end, i) => slice(shuffled, ends[i]!, end));
          near(numbersIn(learnedFrom(...parts)), whole, 1e-12);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("counts exactly", () => {
    const [whole, parts] = [[all], [slice(all, 50, 120), slice(all, 0, 50)]].map((x) => learnedFrom(...x));
    for (const [i, part] of whole!.parts.entries())
      if ("counts" in part.shapes) expect(parts!.statistics.parts[i]).toEqual(whole!.statistics.parts[i]);
  });

  it("takes a weight for as many equal rows, and forgets as many", () => {
    const times = Float64Array.from({ length: 120 }, (_, i) => i % 4);
    const model = naiveBayesOf(weighedSpec, { columns: "height=student-t" });
    model.partialFit(weighed(all, times));
    const repeated = Array.from(times).flatMap((n, row) => Array.from({ length: n }, () => row));
    near(numbersIn(model), numbersIn(learnedFrom(take(all, repeated))), 1e-11);
    model.forget(slice(weighed(all, times), 0, 60));
    const rest = repeated.filter((row) => row >= 60);
    near(numbersIn(model), numbersIn(learnedFrom(take(all, rest))), 1e-9);
  });

  it("refuses weights that are none, and learns nothing then", () => {
    const model = naiveBayesOf(weighedSpec);
    expect(() => model.partialFit(weighed(slice(all, 0, 2), Float64Array.of(1, -1)))).toThrow(
      /Column "times" is -1 in row 2 /,
    );
    expect(numbersIn(model).every((value) => value === 0)).toBe(true);
  });
});

it("forgets rows as if they had never been there", () => {
  const model = learnedFrom(all);
  model.forget(slice(all, 30, 90));
  near(numbersIn(model), numbersIn(learnedFrom(slice(all, 0, 30), slice(all, 90, 120))), 1e-10);
  model.forget(slice(all, 0, 30));
  model.forget(slice(all, 90, 120));
  near(numbersIn(model), numbersIn(learnedFrom()), 1e-9);
  near(model.logProb(all), learnedFrom().logProb(all), 1e-9);
});

it("forgets no rows that it never learned", () => {
  const model = learnedFrom(slice(all, 0, 60));
  const before = numbersIn(model);
  expect(() => model.forget(all)).toThrow(/^Some of these rows were never learned/);
  const other = naiveBayesOf(table({ x: { type: "category", shape: [], levels: 2 }, y: label(2) }));
  other.partialFit(rows({ x: [0, 0], y: [0, 0] }));
  expect(() => other.forget(rows({ x: [1], y: [0] }))).toThrow(InputError);
  expect(numbersIn(model)).toEqual(before);
});

it("puts ordered categories in bins, and leaves others as they are", () => {
  const spec = table({ x: { type: "category", shape: [], levels: 3 }, y: label(2) });
  expect(() => naiveBayesOf(spec, { bins: 2 })).not.toThrow();
});

it("has the posterior of direct enumeration", () => {
  const spec = table({ x: { type: "category", shape: [4], levels: 2 }, y: label(3) });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 2 })), {
        minLength: 1,
        maxLength: 30,
      }),
      fc.double({ min: 0.01, max: 5, noNaN: true }),
      (drawn, alpha) => {
        const bits = (n: number): number[] => [0, 1, 2, 3].map((j) => (n >> j) & 1);
        const model = naiveBayesOf(spec, { alpha });
        model.partialFit(
          rows({
            x: { data: Int32Array.from(drawn.flatMap(([n]) => bits(n))), shape: [4] },
            y: Int32Array.from(drawn, ([, c]) => c),
          }),
        );
        const x = rows({
          x: { data: Int32Array.from({ length: 64 }, (_, i) => bits(i >> 2)[i & 3]!), shape: [4] },
        });
        const joint = Array.from({ length: 16 }, (_, n) =>
          [0, 1, 2].map((c) => {
            const own = drawn.filter(([, other]) => other === c);
            return bits(n).reduce((product, bit, j) => {
              const count = own.filter(([m]) => bits(m)[j] === bit).length;
              return (product * (count + alpha)) / (own.length + 2 * alpha);
            }, own.length / drawn.length);
          }),
        );
        near(model.logJoint(x).map(Math.exp), joint.flat(), 1e-12);
        near(
          readSync(posterior(model, x)).map(Math.exp),
          joint.flatMap((own) => own.map((p) => p / own.reduce((a, b) => a + b, 0))),
          1e-12,
        );
        expect(model.logProb(x).reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 12);
      },
    ),
    { numRuns: 40 },
  );
});

describe("what is missing", () => {
  it("is marginalised: a category's levels add up to the row without it", () => {
    const model = learnedFrom(all);
    const x = slice(all, 0, 40);
    const set = (level: number): Rows => ({
      length: 40,
      columns: { ...x.columns, smoker: { data: new Int32Array(40).fill(level), shape: [] } },
    });
    const [none, zero, one] = [-1, 0, 1].map((level) => model.logProb(set(level)));
    near(
      none!.map(Math.exp),
      zero!.map((value, i) => Math.exp(value) + Math.exp(one![i]!)),
      1e-13,
    );
    const without = { length: 40, columns: { ...x.columns } };
    delete (without.columns as Record<string, unknown>)["smoker"];
    near(model.logProb(without), none!, 1e-13);
  });

  it("is marginalised of a multinomial: the counts that may have been there add up", () => {
    const spec = table({ x: { type: "real", shape: [3] }, y: label(2) });
    const counts = (data: number[]): Rows => rows({ x: { data: Float64Array.from(data), shape: [3] } });
    const data = [1, 2, 0, 3, 0, 1, 0, 5, 2, 2, 2, 9];
    const model = naiveBayesOf(spec, { likelihood: "multinomial" });
    model.partialFit({
      length: 4,
      columns: { ...counts(data).columns, y: { data: Int32Array.of(0, 0, 1, 1), shape: [] } },
    });
    const few = Array.from({ length: 400 }, (_, n) => [1, n, 2]);
    const summed = model.logJoint(counts(few.flat()));
    const gap = model.logJoint(counts([1, NaN, 2]));
    for (const c of [0, 1]) {
      const mass = few.reduce((sum, _, n) => sum + Math.exp(summed[2 * n + c]!), 0);
      expect(Math.exp(gap[c]!) / mass).toBeCloseTo(1, 9);
    }
    const nothing = model.logJoint(counts([NaN, NaN, NaN]));
    near(nothing.map(Math.exp), [0.5, 0.5], 1e-12);
  });

  it("of everything leaves the class priors", () => {
    const model = learnedFrom(all);
    const x = rows({
      height: Float64Array.of(NaN),
      pair: { data: Float64Array.of(NaN, NaN), shape: [2] },
      colours: { data: Int32Array.of(-1, -1), shape: [2] },
      smoker: Int32Array.of(-1),
    });
    near(model.logJoint(x), model.learned.logPriors, 1e-14);
    expect(model.logProb(x)[0]).toBeCloseTo(0, 14);
  });
});

describe("categories that were never seen", () => {
  const spec = table({
    x: { type: "category", shape: [], levels: 3, names: ["red", "green", "blue"] },
    y: label(2),
  });
  const data = rows({ x: Int32Array.of(0, 0, 1, 1, 1), y: Int32Array.of(0, 0, 0, 1, 1) });

  it("have the mass of a count of 0, whether the data name them or not", () => {
    const model = naiveBayesOf(spec, { alpha: 0.5 });
    model.partialFit(data);
    const prior = model.learned.logPriors;
    const known = model.logJoint(rows({ x: ["blue"] })).map((value, c) => Math.exp(value - prior[c]!));
    near(known, [0.5 / 4.5, 0.5 / 3.5], 1e-14);
    for (const other of [rows({ x: ["mauve"] }), rows({ x: Int32Array.of(7) })])
      near(model.logJoint(other), model.logJoint(rows({ x: ["blue"] })), 1e-14);
  });

  it("have a mass that is kept for them where minCategories says so", () => {
    const model = naiveBayesOf(spec, { alpha: 0.5, minCategories: 4 });
    model.partialFit(data);
    const joint = [0, 1, 2, 3].map((level) => model.logProb(rows({ x: Int32Array.of(level) }))[0]!);
    expect(joint.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 14);
    expect(model.logProb(rows({ x: ["mauve"] }))[0]).toBe(joint[3]);
  });
});

describe("degenerate data", () => {
  const spec = table({ a: { type: "real", shape: [] }, b: { type: "real", shape: [] }, y: label(2) });
  const fitted = (a: number[], b: number[], y: number[], config = {}): NaiveBayes => {
    const model = naiveBayesOf(spec, config);
    model.partialFit(rows({ a: Float64Array.from(a), b: Float64Array.from(b), y: Int32Array.from(y) }));
    return model;
  };

  it("of one class only: its posterior is 1, and the other has none", () => {
    const model = fitted([1, 2, 3], [4, 4, 5], [1, 1, 1]);
    const x = rows({ a: Float64Array.of(2), b: Float64Array.of(4) });
    expect(Array.from(readSync(posterior(model, x)), Math.exp)).toEqual([0, 1]);
    expect(Number.isFinite(model.logProb(x)[0])).toBe(true);
  });

  it("of a constant column: it says nothing, and no other is lost", () => {
    const model = fitted([1, 2, 8, 9], [3, 3, 3, 3], [0, 0, 1, 1]);
    const alone = naiveBayesOf(table({ a: spec.fields["a"]!, y: label(2) }));
    alone.partialFit(rows({ a: Float64Array.of(1, 2, 8, 9), y: Int32Array.of(0, 0, 1, 1) }));
    const x = { a: Float64Array.of(1, 5, 8.5) };
    near(
      readSync(posterior(model, rows({ ...x, b: Float64Array.of(3, 3, 3) }))),
      readSync(posterior(alone, rows(x))),
      1e-9,
    );
    const still = fitted([3, 3], [3, 3], [0, 1]);
    expect(Number.isFinite(still.logProb(rows({ a: Float64Array.of(3), b: Float64Array.of(3) }))[0])).toBe(
      true,
    );
  });

  it("of a constant column without smoothing is refused", () => {
    const model = fitted([1, 2, 8, 9], [3, 3, 3, 3], [0, 0, 1, 1], { varianceSmoothing: 0 });
    expect(() => model.logProb(rows({ a: Float64Array.of(1), b: Float64Array.of(3) }))).toThrow(
      /Column "b" has one value only in a class: set varianceSmoothing above 0/,
    );
  });

  it("of duplicate rows: the same as of one of each", () => {
    const [a, b, y] = [
      [1, 2, 8, 9],
      [3, 1, 4, 5],
      [0, 0, 1, 1],
    ];
    const x = rows({ a: Float64Array.of(4), b: Float64Array.of(2) });
    near(fitted([...a, ...a], [...b, ...b], [...y, ...y]).logJoint(x), fitted(a, b, y).logJoint(x), 1e-12);
  });
});

describe("samples", () => {
  it("are drawn in the classes' shares, with each column's mean, and carry their class", async () => {
    const model = learnedFrom(mixedRows(key(5), 300));
    const drawn = await sample(model, { key: key(6), count: 4000 });
    const y = drawn.columns["y"]!.data as Int32Array;
    const pair = drawn.columns["pair"]!.data as Float32Array;
    for (const c of [0, 1, 2]) {
      const own = y.reduce((n, other) => (other === c ? n + 1 : n), 0);
      expect(Math.abs(own / 4000 - Math.exp(model.learned.logPriors[c]!))).toBeLessThan(0.04);
      let sum = 0;
      y.forEach((other, row) => (sum += other === c ? pair[2 * row]! : 0));
      expect(Math.abs(sum / own - 5 * c)).toBeLessThan(0.4);
    }
    const given = await sample(model.given(rows({ y: Int32Array.of(2) })), { key: key(7), count: 9 });
    expect(Array.from(given.columns["y"]!.data as Int32Array)).toEqual(new Array(9).fill(2));
  });

  it("leave no tensor behind", async () => {
    const model = learnedFrom(all);
    const before = memory().numTensors;
    await sample(model, { key: key(1), count: 3 });
    expect(memory().numTensors).toBe(before);
  });
});

describe("refuses in one sentence", () => {
  it.each([
    [{ t: { type: "text" }, y: label(2) }, {}, /"t" holds text/],
    [{ s: { type: "real", shape: [], sequence: true }, y: label(2) }, {}, /"s" holds sequences/],
    [{ x: { type: "real", shape: [] } }, {}, /no label/],
    [
      { x: { type: "real", shape: [] }, y: { type: "real", shape: [], role: "y" } },
      {},
      /label "y" is not one category/,
    ],
    [{ x: { type: "real", shape: [] }, y: label(2) }, { likelihood: "categorical" }, /set minCategories/],
    [
      { x: { type: "category", shape: [], levels: 3 }, y: label(2) },
      { likelihood: "gaussian" },
      /without an order, and normal needs one: set columns to "x=categorical"/,
    ],
    [{ x: { type: "real", shape: [] }, y: label(2) }, { columns: "z=poisson" }, /no column "z"/],
    [{ x: { type: "real", shape: [] }, y: label(2) }, { columns: "x=poison" }, /"poison" is no distribution/],
    [{ x: { type: "real", shape: [] }, y: label(2) }, { columns: "poisson" }, /is no pair/],
    [{ x: { type: "real", shape: [] }, y: label(2) }, { priors: "0.5, 0.6" }, /priors: .* 2 probabilities/],
    [{ x: { type: "category", shape: [1e6], levels: 1e6 }, y: label(2) }, {}, /use fewer levels/],
  ] as const)("%j %j", (fields, config, message) => {
    expect(() => naiveBayesOf(table(fields), config)).toThrow(InputError);
    expect(() => naiveBayesOf(table(fields), config)).toThrow(message);
  });

  it("numbers that a column can't have", () => {
    const spec = table({ x: { type: "real", shape: [] }, y: label(2) });
    const one = (x: number): Rows => rows({ x: Float64Array.of(1, x), y: Int32Array.of(0, 1) });
    const fit = (config: object, x: number) => () => naiveBayesOf(spec, config).partialFit(one(x));
    expect(fit({}, Infinity)).toThrow(/^Column "x" in row 2 is Infinity/);
    expect(fit({ columns: "x=poisson" }, 1.5)).toThrow(/poisson takes whole numbers of at least 0/);
    expect(fit({ columns: "x=log-normal" }, 0)).toThrow(/log-normal takes numbers above 0/);
    expect(fit({ likelihood: "multinomial" }, -1)).toThrow(/whole number of at least 0/);
    expect(fit({ likelihood: "multinomial" }, 0.5)).toThrow(/complement-naive-bayes takes fractions/);
    expect(fit({ likelihood: "bernoulli" }, 2)).toThrow(/from 0 to 1/);
  });
});
