import { beforeAll, describe, expect, it } from "vitest";
import { dispose } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { key } from "../random/index.js";
import { Beta, beta64 } from "./beta.js";
import { Gamma, gamma64 } from "./gamma.js";
import { InverseGamma, inverseGamma64 } from "./inverse-gamma.js";
import { StudentT, studentT64 } from "./student-t.js";
import { agrees } from "./testing/oracle-check.js";
import { read } from "./testing/property-case.js";
import type { AnyDistribution } from "./testing/property-case.js";
import { TruncatedNormal, truncatedNormal64 } from "./truncated-normal.js";
import type { Float64Distribution } from "./types.js";
import { VonMises, vonMises64 } from "./von-mises.js";
import { standardCdf64 } from "./von-mises-bessel.js";

/** The tensor form's logProb of its own samples, and its entropy, are the float64 form's. */
function formsAgree(
  name: string,
  distribution: AnyDistribution,
  float64: Float64Distribution,
  tolerance: number,
): void {
  const x = distribution.sample(key(1), [50]);
  const logProb = read(distribution.logProb(x));
  Array.from(x.dataSync()).forEach((at, i) => {
    const expected = float64.logProb(at);
    expect(agrees(logProb[i]!, expected, tolerance), `${name} at ${at}: ${logProb[i]!}, ${expected}`).toBe(
      true,
    );
  });
  const [entropy] = read(distribution.entropy!());
  const expected = float64.entropy!();
  expect(agrees(entropy!, expected, tolerance), `${name}, entropy ${entropy!}, ${expected}`).toBe(true);
  dispose(x);
}

describe("parameters far out", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it.each([0.01, 1, 30, 1000, 1e4, 1e6])("concentration %d", (concentration) => {
    const gamma = { concentration, rate: 2 };
    formsAgree("Gamma", new Gamma(gamma), gamma64(gamma), 2e-4);
    formsAgree("InverseGamma", new InverseGamma(gamma), inverseGamma64(gamma), 2e-4);
    const beta = { concentration1: concentration, concentration0: 2 * concentration };
    formsAgree("Beta", new Beta(beta), beta64(beta), 2e-4);
    const angle = { loc: 1, concentration };
    formsAgree("VonMises", new VonMises(angle), vonMises64(angle), 2e-5);
  });

  it.each([0.05, 1, 30, 1000])("%d degrees of freedom", (df) => {
    const parameters = { df, loc: 1, scale: 2 };
    formsAgree("StudentT", new StudentT(parameters), studentT64(parameters), 2e-4);
  });

  it.each([-30, -5, 0, 5, 30, 1000])("a normal distribution truncated at %d standard deviations", (low) => {
    for (const high of [low + 0.1, low + 1, Infinity]) {
      const parameters = { loc: 0, scale: 1, low, high };
      const float64 = truncatedNormal64(parameters);
      for (const p of [1e-6, 0.3, 0.99]) expect(float64.cdf(float64.quantile(p))).toBeCloseTo(p, 8);
      expect(float64.variance()).toBeGreaterThan(0);
      const distribution = new TruncatedNormal(parameters);
      expect(read(distribution.mean())[0]! / Math.max(1, Math.abs(low))).toBeCloseTo(
        float64.mean() / Math.max(1, Math.abs(low)),
        6,
      );
      const samples = read(distribution.sample(key(2), [1000]));
      expect(samples.every((x) => x >= low && x <= high)).toBe(true);
      const average = samples.reduce((sum, x) => sum + x, 0) / samples.length;
      expect(Math.abs(average - float64.mean())).toBeLessThan(
        6 * Math.sqrt(float64.variance() / 1000) + 1e-4,
      );
    }
  });

  it("the two series of the von Mises distribution function agree where they meet", () => {
    for (const angle of [-3, -0.2, -0.05, 0.01, 0.1, 0.3, 3]) {
      expect(standardCdf64(angle, 200.0000001)).toBeCloseTo(standardCdf64(angle, 199.9999999), 9);
    }
  });
});
