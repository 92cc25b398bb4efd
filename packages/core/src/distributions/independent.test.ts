import { beforeAll, describe, expect, it } from "vitest";
import { dispose, makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { key } from "../random/index.js";
import { Bernoulli } from "./bernoulli.js";
import { Independent } from "./independent.js";
import { MultivariateNormalDiag } from "./multivariate-normal-diag.js";
import { Normal } from "./normal.js";
import { Transformed } from "./transformed.js";
import { Exp } from "../bijectors/exp.js";
import { close } from "./testing/extremes.js";
import { leavesOnlyResult, read } from "./testing/property-case.js";

describe("Independent", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("is the diagonal normal distribution over vectors when its base is Normal", () => {
    const loc = makeTensor([
      [0.1, 0.2, 0.3],
      [1, 2, 3],
    ]);
    const [one, same] = [
      new Independent(new Normal({ loc, scale: 0.5 }), 1),
      new MultivariateNormalDiag({ loc, scaleDiag: 0.5 }),
    ];
    const x = one.sample(key(1), [4]);
    expect([one.batchShape, one.eventShape, x.shape]).toEqual([[2], [3], [4, 2, 3]]);
    expect(close(read(one.logProb(x)), read(same.logProb(x)))).toBe(true);
    for (const statistic of ["mean", "variance", "mode", "entropy"] as const) {
      expect(close(read(one[statistic]()), read(same[statistic]()))).toBe(true);
      dispose(leavesOnlyResult(() => one[statistic]()));
    }
    const other = new Independent(new Normal({ loc: 0.7, scale: 2 }), 0);
    expect(one.klTo(other)).toBeUndefined();
    const wide = new Independent(new Normal({ loc, scale: 2 }), 1);
    const exact = same.klTo(new MultivariateNormalDiag({ loc, scaleDiag: 2 }))!;
    expect(close(read(one.klTo(wide)!), read(exact))).toBe(true);
    dispose(leavesOnlyResult(() => one.logProb(x)));
    dispose([loc, x]);
  });

  it("sums all axes of pictures", () => {
    const logits = makeTensor(new Array<number>(2 * 4 * 4).fill(0), [2, 4, 4]);
    const one = new Independent(new Bernoulli({ logits }), 2);
    const x = one.sample(key(2), [3]);
    expect(close(read(one.logProb(x)), new Array<number>(6).fill(-16 * Math.LN2))).toBe(true);
    expect(close(read(one.entropy()), [16 * Math.LN2, 16 * Math.LN2])).toBe(true);
    dispose([logits, x]);
  });

  it("refuses a rank beyond the batch axes, and statistics that the base lacks", () => {
    const loc = makeTensor([1, 2]);
    const base = new Normal({ loc, scale: 1 });
    expect(() => new Independent(base, 2)).toThrow(/rank/);
    expect(() => new Independent(base, -1)).toThrow(/rank/);
    const bare = new Independent(new Transformed(base, new Exp()), 1);
    // @ts-expect-error A base without a mean gives no mean.
    expect(() => bare.mean()).toThrow(/mean/);
    dispose(loc);
  });
});
