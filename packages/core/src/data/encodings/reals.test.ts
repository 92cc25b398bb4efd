import { describe, expect, it } from "vitest";
import { dataset, logit, ragged, rows, scale, standardise, take } from "../index.js";
import { numbers, numericLogDet } from "../testing/jacobian.js";
import type { DataSpec } from "../types.js";

const spec: DataSpec = {
  kind: "points",
  fields: { x: { type: "real", shape: [3] }, y: { type: "category", shape: [], levels: 2, role: "y" } },
};
const x = rows({
  x: [
    [1, 10, 7],
    [2, 30, 7],
    [6, 20, 7],
  ],
  y: Int32Array.of(0, 1, 0),
});

describe("standardise", () => {
  it("brings mean 0 and deviation 1, a constant to 0", async () => {
    const encoding = await standardise(dataset(spec, x));
    const z = numbers(encoding.encode(x), "x");
    const deviations = [Math.sqrt(14 / 3), Math.sqrt(200 / 3), 1];
    const expected = [-2, -10, 0, -1, 10, 0, 3, 0, 0].map((value, i) => value / deviations[i % 3]!);
    z.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
    expect(encoding).toMatchObject({ fidelity: "exact", stochastic: false, from: spec, to: spec });
    expect(encoding.encode(x).columns.y).toBe(x.columns.y);
    numbers(encoding.decode(encoding.encode(x)), "x").forEach((value, i) =>
      expect(value).toBeCloseTo(numbers(x, "x")[i]!, 12),
    );
  });

  it("has the log-determinant of the numeric Jacobian", async () => {
    const encoding = await standardise(dataset(spec, x));
    const row = take(x, [1]);
    const logDet = encoding.logDet(row, encoding.encode(row)) as Float64Array;
    expect(logDet[0]).toBeCloseTo(numericLogDet(encoding, row, "x"), 7);
    expect(logDet[0]).toBeCloseTo(-0.5 * Math.log(14 / 3) - 0.5 * Math.log(200 / 3), 12);
  });

  it("keeps its digits far from zero, and takes rounding for a constant", async () => {
    const one: DataSpec = { kind: "points", fields: { x: { type: "real", shape: [] } } };
    const far = await standardise(
      dataset(one, rows({ x: Float64Array.from({ length: 5000 }, (_, i) => 1e9 + (i % 2)) })),
    );
    expect(numbers(far.encode(rows({ x: [1e9, 1e9 + 1] })))).toEqual(Float64Array.of(-1, 1));
    const constant = await standardise(dataset(one, rows({ x: new Float64Array(1000).fill(0.1) })));
    expect(numbers(constant.encode(rows({ x: [1.1] })))[0]).toBeCloseTo(1, 12);
  });

  it("skips missing values, which have no density", async () => {
    const optional: DataSpec = { kind: "table", fields: { a: { type: "real", shape: [], optional: true } } };
    const data = rows({ a: [1, NaN, 3] });
    const encoding = await standardise(dataset(optional, data));
    const z = encoding.encode(rows({ a: [3, NaN] }));
    expect(numbers(z)).toEqual(Float64Array.of(1, NaN));
    expect([...(encoding.logDet(z, z) as Float64Array)].map((value) => value + 0)).toEqual([0, 0]);
    await expect(standardise(dataset(optional, rows({ a: [NaN] })))).rejects.toThrow(
      'Column "a" has no value to standardise by; leave it out or give data that have one.',
    );
  });

  it("takes all elements of ragged columns together", async () => {
    const lines: DataSpec = { kind: "sequences", fields: { s: { type: "real", shape: [], sequence: true } } };
    const data = rows({ s: ragged([[2], [], [4, 6, 8]]) });
    const encoding = await standardise(dataset(lines, data));
    const z = encoding.encode(data);
    expect(z.columns.s!.lengths).toEqual(Int32Array.of(1, 0, 3));
    const step = 1 / Math.sqrt(5);
    numbers(z).forEach((value, i) => expect(value).toBeCloseTo([-3, -1, 1, 3][i]! * step, 12));
    (encoding.logDet(data, z) as Float64Array).forEach((value, row) =>
      expect(value).toBeCloseTo([-0.5, 0, -1.5][row]! * Math.log(5), 12),
    );
  });

  it("works on the fields asked for, and says which it can't", async () => {
    const two = dataset(
      { kind: "table", fields: { a: { type: "real", shape: [] }, b: { type: "real", shape: [] } } },
      rows({ a: [1, 3], b: [1, 3] }),
    );
    const encoding = await standardise(two, { fields: ["b"] });
    const z = encoding.encode(rows({ a: [5], b: [5] }));
    expect([numbers(z, "a")[0], numbers(z, "b")[0]]).toEqual([5, 3]);
    await expect(standardise(two, { fields: ["c"] })).rejects.toThrow(
      `Encoding "standardise" doesn't work on "c" in table: a real; b real; choose another encoding or other fields.`,
    );
    await expect(
      standardise(dataset({ kind: "text", fields: { t: { type: "text" } } }, rows({ t: ["a"] }))),
    ).rejects.toThrow(
      'Encoding "standardise" finds no field of x that it works on in text: t text; choose another encoding or other fields.',
    );
  });
});

describe("scale", () => {
  it("maps one interval onto another, exactly", () => {
    const encoding = scale(spec, { from: [0, 20], to: [-1, 1] });
    expect(numbers(encoding.encode(rows({ x: [[0, 10, 20]] })))).toEqual(Float64Array.of(-1, 0, 1));
    expect(numbers(encoding.decode(rows({ x: [[-1, 0, 1]] })))).toEqual(Float64Array.of(0, 10, 20));
    const row = take(x, [0]);
    const logDet = encoding.logDet(row, encoding.encode(row)) as Float64Array;
    expect(logDet[0]).toBeCloseTo(-3 * Math.log(10), 12);
    expect(logDet[0]).toBeCloseTo(numericLogDet(encoding, row, "x"), 7);
    expect(() => scale(spec, { from: [1, 1] })).toThrow(
      "[1, 1] is not an interval to scale; give two finite numbers, the lower first.",
    );
  });
});

describe("logit", () => {
  const unit = rows({
    x: [
      [0, 0.3, 1],
      [0.5, 0.99, 0.01],
    ],
  });

  it.each([0.05, 1e-6])("is undone by decoding and has its numeric Jacobian (alpha %d)", (alpha) => {
    const encoding = logit(spec, { alpha });
    const z = encoding.encode(unit);
    expect(numbers(z).every(Number.isFinite)).toBe(true);
    numbers(encoding.decode(z)).forEach((value, i) => expect(value).toBeCloseTo(numbers(unit)[i]!, 12));
    const row = take(unit, [1]);
    const logDet = encoding.logDet(row, encoding.encode(row)) as Float64Array;
    expect(logDet[0]).toBeCloseTo(numericLogDet(encoding, row, "x"), 4);
    const ends = encoding.logDet(unit, z) as Float64Array;
    const at = (value: number): number => {
      const y = alpha + (1 - 2 * alpha) * value;
      return Math.log(1 - 2 * alpha) - Math.log(y) - Math.log(1 - y);
    };
    expect(ends[0]).toBeCloseTo(at(0) + at(0.3) + at(1), 8);
  });

  it("clips what lies outside the map's image, and refuses values outside [0, 1]", () => {
    const encoding = logit(spec);
    expect(numbers(encoding.decode(rows({ x: [[-800, 0, 800]] })))).toEqual(Float64Array.of(0, 0.5, 1));
    expect(() =>
      encoding.encode(
        rows({
          x: [
            [0, 1, 1],
            [0, 2, 1],
          ],
        }),
      ),
    ).toThrow('Column "x" is 2 in row 2 where a number from 0 to 1 is expected; scale it first.');
    expect(() => logit(spec, { alpha: 0 })).toThrow(
      "logit: alpha is 0; give a number above 0 and below 0.5.",
    );
  });
});
