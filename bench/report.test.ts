import { describe, expect, it } from "vitest";
import { items } from "./items.js";
import { flatten } from "./child.js";
import { compare, ratio, table } from "./report.js";

describe("flatten", () => {
  it("joins names by dots and leaves out what is no figure", () => {
    const value = {
      item: "gmm",
      fullF64: { secondsPerIteration: 0.5 },
      curve: { "100": 2 },
      ok: true,
      none: null,
    };
    expect(flatten(value)).toEqual({ item: "gmm", "fullF64.secondsPerIteration": 0.5, "curve.100": 2 });
  });
});

describe("compare", () => {
  const compared = [
    { figure: "stepMs", better: "lower" },
    { figure: "elbo", better: "higher" },
  ] as const;

  it("sets both sides beside each other", () => {
    const rows = compare(compared, { stepMs: 3, elbo: -100 }, { stepMs: 6, elbo: -99.5 });
    expect(rows.map(ratio)).toEqual([0.5, 100 / 99.5]);
    expect(table(rows).split("\n").slice(2)).toEqual([
      "| stepMs | lower | 3 | 6 | 0.5 | -3 |",
      "| elbo | higher | -100 | -99.5 | 1.00503 | -0.5 |",
    ]);
  });

  it("leaves empty what a side does not give", () => {
    const rows = compare(compared, { stepMs: 3 }, undefined);
    expect(rows.map(ratio)).toEqual([undefined, undefined]);
    expect(table(rows).split("\n")[2]).toBe("| stepMs | lower | 3 |  |  |  |");
  });
});

describe("items", () => {
  it("compare something in each mode", () => {
    for (const item of Object.values(items)) {
      expect(item.compared.speed.length).toBeGreaterThan(0);
      expect(item.compared.quality.length).toBeGreaterThan(0);
    }
  });
});
