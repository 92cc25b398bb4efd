import { describe, expect, it } from "vitest";
import { key } from "../../random/index.js";
import { binarise, dequantise, elements, logit, oneHot, pipe, ragged, rows, scaleLevels } from "../index.js";
import { numbers } from "../testing/jacobian.js";
import type { DataSpec } from "../types.js";

const images: DataSpec = {
  kind: "images",
  fields: {
    x: { type: "category", shape: [2, 2], levels: 256 },
    y: { type: "category", shape: [], levels: 10, role: "y" },
  },
};
const x = rows({
  x: { data: Uint8Array.of(0, 1, 128, 255, 255, 254, 3, 0), shape: [2, 2] },
  y: Uint8Array.of(3, 4),
});
const words: DataSpec = {
  kind: "table",
  fields: { word: { type: "category", shape: [], levels: 3, optional: true } },
};

describe("dequantise", () => {
  const encoding = dequantise(images);

  it("gives exactly 8 bits per dimension under a uniform density", () => {
    const z = encoding.encode(x, key(1));
    const uniform = 0;
    const bits = (encoding.logDet(x, z) as Float64Array).map(
      (logDet, row) => -(uniform + logDet) / Math.LN2 / elements(images, x)[row]!,
    );
    bits.forEach((value) => expect(value).toBeCloseTo(8, 12));
  });

  it("spreads each level over its own cell, and decodes it", () => {
    const z = encoding.encode(x, key(1));
    numbers(z, "x").forEach((value, i) => expect(Math.floor(value * 256)).toBe(numbers(x, "x")[i]));
    expect(encoding.decode(z)).toEqual(x);
    expect(encoding.to.fields.x).toEqual({ type: "real", shape: [2, 2] });
    expect(encoding).toMatchObject({ fidelity: "bound", stochastic: true });
    expect(encoding.encode(x, key(1))).toEqual(z);
    expect(encoding.encode(x, key(2))).not.toEqual(z);
    expect(
      numbers(
        encoding.decode(
          rows({
            x: [
              [
                [1, 2],
                [-1, 0.999],
              ],
            ],
          }),
        ),
      ),
    ).toEqual(Float64Array.of(255, 255, 0, 255));
  });

  it("fills its cells evenly", () => {
    const two: DataSpec = { kind: "points", fields: { c: { type: "category", shape: [], levels: 4 } } };
    const z = numbers(dequantise(two).encode(rows({ c: new Uint8Array(4000).fill(1) }), key(3)));
    expect(z.reduce((sum, value) => sum + value, 0) / 4000).toBeCloseTo(0.375, 2);
  });

  it("needs a key, and lets missing values be missing", () => {
    expect(() => encoding.encode(x)).toThrow(
      'Encoding "dequantise" draws random numbers; pass a key to encode().',
    );
    const missing = rows({ word: Int32Array.of(-1, 2) });
    const z = dequantise(words).encode(missing, key(0));
    expect(numbers(z)[0]).toBeNaN();
    expect((dequantise(words).logDet(missing, z) as Float64Array)[0]).toBe(0);
    expect(dequantise(words).decode(z)).toEqual(missing);
  });

  it("goes before logit", () => {
    const both = pipe(encoding, logit(encoding.to));
    const z = both.encode(x, key(5));
    expect(both.decode(z)).toEqual(x);
    expect(both).toMatchObject({ fidelity: "bound", stochastic: true, from: images, to: encoding.to });
    const unit = encoding.encode(x, key(5).fold(0));
    const last = logit(encoding.to);
    const sum = (last.logDet(unit, z) as Float64Array).map((value) => value - 4 * Math.log(256));
    (both.logDet(x, z) as Float64Array).forEach((value, row) => expect(value).toBeCloseTo(sum[row]!, 8));
  });
});

describe("scaleLevels", () => {
  it("lays levels evenly on the interval and takes the nearest back", () => {
    const encoding = scaleLevels(images, { to: [-1, 1] });
    const z = encoding.encode(x);
    expect(z.columns.x!.data).toBeInstanceOf(Float32Array);
    numbers(z, "x").forEach((value, i) => expect(value).toBeCloseTo((numbers(x, "x")[i]! / 255) * 2 - 1, 6));
    expect(encoding.decode(z)).toEqual(x);
    expect(
      numbers(
        encoding.decode(
          rows({
            x: [
              [
                [-3, 3],
                [0.001, NaN],
              ],
            ],
          }),
        ),
      ).slice(0, 3),
    ).toEqual(Float64Array.of(0, 255, 128));
    expect(encoding).toMatchObject({ fidelity: "lossy", stochastic: false });
    expect(() => encoding.logDet(x, z)).toThrow(
      'Encoding "scaleLevels" has no log-determinant, because a density over scaled levels is no probability of the levels: dequantise them for one; use a score that needs no density.',
    );
    expect(() => scaleLevels(words)).toThrow(
      'Encoding "scaleLevels" finds no field of x that it works on in table: word category of 3 levels (optional)',
    );
  });
});

describe("oneHot", () => {
  it("puts a 1 at the level and takes the largest back", () => {
    const encoding = oneHot(words);
    const z = encoding.encode(rows({ word: Int32Array.of(2, -1, 0) }));
    expect(z.columns.word).toEqual({ data: Float32Array.of(0, 0, 1, 0, 0, 0, 1, 0, 0), shape: [3] });
    expect(encoding.decode(z)).toEqual(rows({ word: Int32Array.of(2, -1, 0) }));
    expect(
      numbers(
        encoding.decode(
          rows({
            word: [
              [0.1, 0.7, 0.2],
              [-3, -2, -2],
            ],
          }),
        ),
      ),
    ).toEqual(Float64Array.of(1, 1));
    expect(encoding.to.fields.word).toEqual({ type: "real", shape: [3], optional: true });
    expect(encoding.fidelity).toBe("lossy");
    expect(() => encoding.encode(rows({ word: Int32Array.of(0, 3) }))).toThrow(
      'Column "word" is 3 in row 2 where a whole number from 0 to 2 is expected.',
    );
  });

  it("works on ragged columns", () => {
    const lines: DataSpec = {
      kind: "sequences",
      fields: { s: { type: "category", shape: [], levels: 2, sequence: true } },
    };
    const line = rows({ s: ragged([Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(0, 1)]) });
    const z = oneHot(lines).encode(line);
    expect(z.columns.s).toEqual({
      data: Float32Array.of(0, 1, 1, 0, 0, 1),
      shape: [2],
      lengths: Int32Array.of(1, 0, 2),
    });
    expect(oneHot(lines).decode(z)).toEqual(line);
  });
});

describe("binarise", () => {
  it("cuts at a threshold", () => {
    const encoding = binarise(images, { threshold: 128 });
    expect(numbers(encoding.encode(x), "x")).toEqual(Float64Array.of(0, 0, 1, 1, 1, 1, 0, 0));
    expect(numbers(encoding.decode(encoding.encode(x)), "x")).toEqual(
      Float64Array.of(0, 0, 255, 255, 255, 255, 0, 0),
    );
    expect(encoding).toMatchObject({
      fidelity: "lossy",
      stochastic: false,
      loses:
        "binarising keeps one bit of each pixel; train and score on binarised data instead, or keep the grey levels",
    });
    expect(encoding.to.fields.x).toEqual({ type: "category", shape: [2, 2], levels: 2, ordered: true });
    expect(() => binarise(images, { threshold: 256 })).toThrow(
      'binarise: threshold is 256, but "x" has the levels 0 to 255; give a number above 0 and below 256.',
    );
  });

  it("draws 1 with probability level / (levels - 1)", () => {
    const one: DataSpec = { kind: "images", fields: { x: { type: "category", shape: [], levels: 256 } } };
    const encoding = binarise(one);
    expect(encoding.stochastic).toBe(true);
    const share = (level: number): number =>
      numbers(encoding.encode(rows({ x: new Uint8Array(10_000).fill(level) }), key(9))).reduce(
        (sum, value) => sum + value,
        0,
      ) / 10_000;
    expect(share(0)).toBe(0);
    expect(share(255)).toBe(1);
    expect(Math.abs(share(64) - 64 / 255)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 10_000));
    expect(() => encoding.encode(rows({ x: Uint8Array.of(1) }))).toThrow(
      'Encoding "binarise" draws random numbers; pass a key to encode().',
    );
  });
});
