import { key, rows, sample } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { label, table } from "../testing/data.js";
import { naiveBayesOf } from "../testing/settings.js";
import { supports } from "./supports.js";
import { realFamilies, type RealFamilyName } from "./families.js";

beforeAll(() => useBackend("cpu"));

/** A mean and a variance that each can have. */
const moments: Readonly<Record<RealFamilyName, readonly [number, number]>> = {
  normal: [2, 3],
  "log-normal": [0.5, 0.2],
  laplace: [-1, 2],
  logistic: [1, 4],
  gumbel: [3, 2],
  "student-t": [1, 2],
  "half-normal": [Math.sqrt(2 / Math.PI) * 2, 4 * (1 - 2 / Math.PI)],
  exponential: [0.5, 0.25],
  gamma: [2, 1.5],
  "inverse-gamma": [2, 1],
  beta: [0.3, 0.02],
  poisson: [3.5, 3.5],
  geometric: [2, 6],
  "negative-binomial": [4, 10],
};

describe.each(Object.entries(moments) as [RealFamilyName, readonly [number, number]][])(
  "%s",
  (name, [mean, variance]) => {
    const family = realFamilies[name];
    const parameters = family.fit({ mean, variance, excess: 1.5 });
    const density = family.density(parameters);

    it("has the moments that it was fitted to", () => {
      if ("logged" in family) {
        expect(density.mean!()).toBeCloseTo(Math.exp(mean + variance / 2), 10);
        return;
      }
      expect(density.mean!()).toBeCloseTo(mean, 10);
      expect(density.variance!() / variance).toBeCloseTo(1, 6);
    });

    it("is 0 outside of what it takes", () => {
      for (const x of [-1, 0, 0.5, 1.5])
        if (!supports[family.takes].test(x)) expect(density.logProb(x) === -Infinity || x === 0).toBe(true);
    });

    it("learns in a model what it draws", async () => {
      const spec = table({ x: { type: "real", shape: [] }, y: label(2) });
      const config = { columns: `x=${name}` };
      const first = naiveBayesOf(spec, config);
      const drawn = await sample(first, { key: key(3), count: 3000 });
      const again = naiveBayesOf(spec, config);
      again.partialFit(drawn);
      const x = rows({ x: drawn.columns["x"]! });
      const [before, after] = [first, again].map(
        (model) => model.logProb(x).reduce((a, b) => a + b, 0) / 3000,
      );
      expect(Math.abs(after! - before!)).toBeLessThan(0.05);
    });
  },
);
