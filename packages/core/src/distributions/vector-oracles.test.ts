import { expect, it } from "vitest";
import { dirichlet64 } from "./dirichlet.js";
import { multinomial64 } from "./multinomial.js";
import { multivariateNormal64 } from "./multivariate-normal.js";
import { relaxedOneHotCategorical64 } from "./relaxed-one-hot-categorical.js";
import { flat, mismatches, readCases } from "./testing/oracle-check.js";
import type { OracleCase } from "./testing/oracle-check.js";
import { numbers, vector } from "./testing/oracle-table.js";
import type { OracleParameters } from "./testing/oracle-table.js";
import type { Float64VectorDistribution } from "./types.js";

const table: Readonly<Record<string, (p: OracleParameters) => Float64VectorDistribution>> = {
  Dirichlet: (p) => dirichlet64({ concentration: vector(p, "concentration") }),
  Multinomial: (p) => multinomial64({ ...numbers(p, "totalCount"), probs: vector(p, "probs") }),
  MultivariateNormal: (p) =>
    multivariateNormal64({ loc: vector(p, "loc"), scaleTril: vector(p, "scaleTril") }),
  RelaxedOneHotCategorical: (p) =>
    relaxedOneHotCategorical64({ ...numbers(p, "temperature"), logits: vector(p, "logits") }),
};

const cases = readCases<OracleCase>("distributions.json").filter((oracle) =>
  Object.hasOwn(table, oracle.distribution),
);

/** The numbers in which the float64 form differs from the oracle by more than 1e-8. */
function check(oracle: OracleCase): string[] {
  const exact = table[oracle.distribution]!(oracle.params);
  const points = (oracle.x as readonly (readonly number[])[]).map((point) =>
    exact.logProb(Float64Array.from(point)),
  );
  const lines = mismatches("logProb", points, flat(oracle.logProb), 1e-8);
  if (oracle.mean !== undefined) lines.push(...mismatches("mean", exact.mean!(), flat(oracle.mean), 1e-8));
  if (oracle.variance !== undefined) {
    lines.push(...mismatches("variance", exact.variance!(), flat(oracle.variance), 1e-8));
  }
  if (oracle.entropy !== undefined)
    lines.push(...mismatches("entropy", [exact.entropy!()], flat(oracle.entropy), 1e-8));
  return lines;
}

it("has cases of every float64 form over vectors", () => {
  expect([...new Set(cases.map((oracle) => oracle.distribution))].sort()).toEqual(Object.keys(table));
});

it.each(cases.map((oracle, index) => [index, oracle.distribution, oracle] as const))(
  "float64 case %i, %s",
  (_index, _name, oracle) => {
    expect(check(oracle)).toEqual([]);
    const [first, ...rest] = flat(oracle.logProb);
    expect(check({ ...oracle, logProb: [first! + 1e-6, ...rest] })).toHaveLength(1);
  },
);
