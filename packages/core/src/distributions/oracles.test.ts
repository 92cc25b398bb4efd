import { beforeAll, describe, expect, it } from "vitest";
import { useBackend } from "../backend/index.js";
import { checkCase, readCases } from "./testing/oracle-check.js";
import type { OracleCase } from "./testing/oracle-check.js";
import { oracleTable } from "./testing/oracle-table.js";

const cases = readCases<OracleCase>("distributions.json");
const names = [...new Set(cases.map((oracle) => oracle.distribution))];

/** The scalar continuous distributions, which must have a float64 form too. */
const scalar = [
  "Normal", "Laplace", "Logistic", "Cauchy", "Gumbel", "Uniform", "StudentT", "LogNormal", "HalfNormal",
  "Exponential", "Gamma", "InverseGamma", "Beta", "TruncatedNormal", "VonMises",
]; // prettier-ignore

/** The number moved by a thousandth, or to zero if it is infinite. */
const moved = (value: unknown): unknown => {
  if (Array.isArray(value)) return [moved(value[0]), ...(value.slice(1) as unknown[])];
  return typeof value === "number" ? value + 1e-3 * Math.max(1, Math.abs(value)) : 0;
};

describe("distributions against SciPy and PyTorch", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("has every distribution of the oracle, the scalar ones in float64 too", () => {
    expect(names.filter((name) => oracleTable[name] === undefined)).toEqual([]);
    expect(scalar.filter((name) => oracleTable[name]?.float64 === undefined)).toEqual([]);
  });

  it.each(cases.map((oracle, index) => [index, oracle.distribution, oracle] as const))(
    "case %i, %s",
    (_index, name, oracle) => {
      const entry = oracleTable[name];
      expect(entry, `${name} is not in the table`).toBeDefined();
      expect(checkCase(oracle, entry!)).toEqual([]);
    },
  );

  it("finds one changed number in any statistic of any distribution", () => {
    for (const name of names) {
      const oracle = cases.find((one) => one.distribution === name)!;
      for (const statistic of ["logProb", "cdf", "quantile", "mean", "variance", "entropy"] as const) {
        if (oracle[statistic] === undefined) continue;
        const changed = { ...oracle, [statistic]: moved(oracle[statistic]) };
        expect(checkCase(changed, oracleTable[name]!).length, `${name}.${statistic}`).toBeGreaterThan(0);
      }
    }
  });
});
