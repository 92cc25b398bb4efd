import { expect, test } from "vitest";
import { holds } from "../bars.js";
import { discrepancyRow } from "./points.js";

test("one seed beyond the quantile, as real points are once in twenty times, does not miss the bar", () => {
  const row = discrepancyRow("points", [
    { found: 1.2e-3, quantile: 1e-3 },
    { found: -2e-4, quantile: 1e-3 },
    { found: 5e-4, quantile: 1e-3 },
  ]);
  expect(row.compared?.value).toBeCloseTo(0.5, 12);
  expect(row.note).toBe("of each seed: 1.20, -0.20, 0.50");
  expect(holds(row)).toBe(true);
});

test("points that are off for every seed miss it", () => {
  const far = { found: 1.1e-3, quantile: 1e-3 };
  expect(holds(discrepancyRow("points", [far, far, far]))).toBe(false);
});
