import { describe, expect, it } from "vitest";
import { ContinuousBernoulli, continuousBernoulli64 } from "./continuous-bernoulli.js";
import { dispose } from "../backend/engine.js";
import { continuousProperties } from "./testing/properties.js";
import { agrees } from "./testing/oracle-check.js";
import { atExtremes } from "./testing/extremes.js";
import { read, vector } from "./testing/property-case.js";

for (const logits of [-2.4, 0.004, 0.6, 3.1]) {
  continuousProperties(
    {
      name: `ContinuousBernoulli of logits ${logits}`,
      parameters: { logits },
      create: (p) => new ContinuousBernoulli(p),
      float64: continuousBernoulli64,
      inside: [0.03, 0.4, 0.9],
      outside: [-0.1, 1.1],
      pathwise: ["logits"],
    },
    [0, 1],
  );
}

describe("ContinuousBernoulli near its limits", () => {
  it.each([-100, -20, -1.001, -0.999, -0.011, -0.009, 0, 1e-6, 0.009, 0.011, 0.999, 1.001, 20, 100])(
    "agrees with float64 at logits %d",
    async (logits) => {
      const seen = await atExtremes((p) => new ContinuousBernoulli(p), { logits }, [0, 0.3, 1]);
      const exact = continuousBernoulli64({ logits });
      [0, 0.3, 1].forEach((x, i) => {
        expect(agrees(seen.logProb[i]!, exact.logProb(x), 2e-5)).toBe(true);
      });
      const statistics = [exact.entropy(), exact.mean(), exact.variance()];
      statistics.forEach((value, i) => expect(agrees(seen.statistics[i]!, value, 2e-5)).toBe(true));
      expect(seen.gradients.every(Number.isFinite)).toBe(true);
      const distribution = new ContinuousBernoulli({ logits });
      const p = vector([0, 0.2, 0.7, 1]);
      const x = distribution.quantile(p);
      read(distribution.cdf(x)).forEach((back, i) =>
        expect(Math.abs(back - [0, 0.2, 0.7, 1][i]!)).toBeLessThan(1e-4),
      );
      expect(read(distribution.quantile(p)).every((value) => value >= 0 && value <= 1)).toBe(true);
      dispose([p, x]);
    },
  );
});
