import { beforeAll, describe, expect, it } from "vitest";
import { dispose, makeTensor, memory } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import { key } from "../random/index.js";
import { Cauchy } from "./cauchy.js";
import { Independent } from "./independent.js";
import { Normal, normal64 } from "./normal.js";
import { read } from "./testing/property-case.js";
import { tuple } from "./tuple.js";

beforeAll(async () => {
  await useBackend("cpu");
});

describe("tuple", () => {
  it("draws a list, each part from a key of its own, and adds the log-probabilities", () => {
    const loc = makeTensor([1, 2]);
    const pair = tuple(new Normal({ loc: 0, scale: 2 }), new Independent(new Normal({ loc, scale: 1 }), 1));
    const before = memory().numTensors;
    const z = pair.sample(key(3), [4]);
    expect(z.map(({ shape }) => shape)).toEqual([[4], [4, 2]]);
    const logProb = pair.logProb(z);
    expect(memory().numTensors).toBe(before + 3);
    const [a, b] = z.map((part) => Array.from(part.dataSync())) as [number[], number[]];
    expect(a[0]! / 2).not.toBeCloseTo(b[0]! - 1, 5);
    read(logProb).forEach((value, row) => {
      const expected =
        normal64({ loc: 0, scale: 2 }).logProb(a[row]!) +
        normal64({ loc: 1, scale: 1 }).logProb(b[2 * row]!) +
        normal64({ loc: 2, scale: 1 }).logProb(b[2 * row + 1]!);
      expect(value).toBeCloseTo(expected, 4);
    });
    const mean = pair.mean();
    expect(mean.map((part) => Array.from(part.dataSync()))).toEqual([[0], [1, 2]]);
    dispose([...z, ...mean, logProb, loc]);
  });

  it("refuses no parts, parts of other batches, lists of another length, and a mean that a part lacks", () => {
    const loc = makeTensor([1, 2]);
    const normal = new Normal({ loc: 0, scale: 1 });
    expect(() => tuple()).toThrow(InputError);
    expect(() => tuple(normal, new Normal({ loc, scale: 1 }))).toThrow(InputError);
    expect(() => tuple(normal).logProb([loc, loc])).toThrow(InputError);
    expect(() => tuple(normal, new Cauchy({ loc: 0, scale: 1 })).mean()).toThrow(InputError);
    dispose(loc);
  });
});
