import { beforeAll, describe, expect, it } from "vitest";
import { dispose, makeTensor, memory } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { rows } from "../data/rows.js";
import type { Rows } from "../data/types.js";
import { key } from "../random/index.js";
import { Bernoulli } from "./bernoulli.js";
import { Categorical } from "./categorical.js";
import { Independent } from "./independent.js";
import { klMonteCarlo } from "./kl.js";
import { Normal, normal64 } from "./normal.js";
import { product } from "./product.js";
import { close } from "./testing/extremes.js";
import { leavesOnlyResult, read, vector } from "./testing/property-case.js";
import { Transformed } from "./transformed.js";
import { Exp } from "../bijectors/exp.js";

const discard = (x: Rows): void =>
  Object.values(x.columns).forEach((column) => dispose(column.data as never));
const shapesOf = (x: Rows) =>
  Object.fromEntries(
    Object.entries(x.columns).map(([name, column]) => [name, (column.data as { shape?: number[] }).shape]),
  );

describe("product", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("adds the log-probabilities of named columns, also from arrays in JavaScript", () => {
    const probs = vector([0.25, 0.75]);
    const joint = product({ height: new Normal({ loc: 1, scale: 2 }), kind: new Categorical({ probs }) });
    const x = rows({ height: [0, 3], kind: Int32Array.of(1, 0) });
    const exact = normal64({ loc: 1, scale: 2 });
    const expected = [exact.logProb(0) + Math.log(0.75), exact.logProb(3) + Math.log(0.25)];
    expect(close(read(joint.logProb(x)), expected)).toBe(true);
    dispose(leavesOnlyResult(() => joint.logProb(x)));
    dispose(probs);
  });

  it("draws rows whose axes of samples and batches are one, and scores them", () => {
    const loc = makeTensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const logits = makeTensor([0.5, -2]);
    const joint = product({
      point: new Independent(new Normal({ loc, scale: 1 }), 1),
      flag: new Bernoulli({ logits }),
    });
    const before = memory().numTensors;
    const x = joint.sample(key(1), [4]);
    expect([x.length, shapesOf(x), memory().numTensors - before]).toEqual([
      8,
      { point: [8, 3], flag: [8] },
      2,
    ]);
    const logProb = joint.logProb(x);
    expect(logProb.shape).toEqual([8]);
    const [first, again] = [joint.sample(key(1), [1]), joint.sample(key(1), [1])];
    expect(first.length).toBe(2);
    const values = (one: Rows): number[] => Array.from((one.columns["point"]!.data as typeof loc).dataSync());
    expect(values(first)).toEqual(values(again));
    expect(values(x).slice(0, 6)).toEqual(values(first));
    const mode = joint.mode();
    expect([mode.length, shapesOf(mode)]).toEqual([2, { point: [2, 3], flag: [2] }]);
    expect(read(mode.columns["flag"]!.data as typeof loc)).toEqual([1, 0]);
    [x, first, again].forEach(discard);
    dispose([loc, logits, logProb, mode.columns["point"]!.data as typeof loc]);
    expect(memory().numTensors).toBe(before - 2);
  });

  it("draws its columns from keys of their own", () => {
    const joint = product({ a: new Normal({ loc: 0, scale: 1 }), b: new Normal({ loc: 0, scale: 1 }) });
    const x = joint.sample(key(2), [3]);
    const [a, b] = ["a", "b"].map((name) => read(x.columns[name]!.data as never));
    expect(a).not.toEqual(b);
  });

  it("adds divergences of equal columns", () => {
    const p = product({ a: new Normal({ loc: 0, scale: 1 }), b: new Bernoulli({ probs: 0.3 }) });
    const q = product({ b: new Bernoulli({ probs: 0.6 }), a: new Normal({ loc: 1, scale: 1 }) });
    const expected = 0.5 + 0.3 * Math.log(0.3 / 0.6) + 0.7 * Math.log(0.7 / 0.4);
    expect(close(read(p.klTo!(q)!), [expected])).toBe(true);
    const { value, standardError } = klMonteCarlo(p, q, { key: key(3), samples: 20_000 });
    expect(Math.abs(read(value)[0]! - expected)).toBeLessThan(5 * read(standardError)[0]!);
    const before = memory().numTensors;
    expect(p.klTo!(product({ a: new Normal({ loc: 0, scale: 1 }) }))).toBeUndefined();
    expect(
      p.klTo!(product({ a: new Bernoulli({ probs: 0.3 }), b: new Bernoulli({ probs: 0.3 }) })),
    ).toBeUndefined();
    expect(memory().numTensors).toBe(before);
  });

  it("refuses no columns, unequal batches, a missing column, and a mode that a column lacks", () => {
    const loc = vector([1, 2]);
    const scalar = new Normal({ loc: 0, scale: 1 });
    expect(() => product({})).toThrow(/column/);
    expect(() => product({ a: scalar, b: new Normal({ loc, scale: 1 }) })).toThrow(/batch shape/);
    const before = memory().numTensors;
    expect(() => product({ a: scalar }).logProb(rows({ b: [1] }))).toThrow(/"a"/);
    expect(() => product({ a: scalar, b: new Transformed(scalar, new Exp()) }).mode()).toThrow(/mode/);
    expect(memory().numTensors).toBe(before);
    dispose(loc);
  });
});
