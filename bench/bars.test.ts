import { describe, expect, it } from "vitest";
import { barTable, holds, over } from "./bars.js";

const row = { measure: "step", ours: 3, beside: 2 };

describe("holds", () => {
  it("compares with what is allowed", () => {
    expect(holds({ ...row, compared: over(3, 2), bar: { atMost: 1.5 } })).toBe(true);
    expect(holds({ ...row, compared: over(3, 2), bar: { atMost: 1.4 } })).toBe(false);
    expect(holds({ ...row, compared: over(3, 2), bar: { atLeast: 1.6 } })).toBe(false);
  });

  it("does not know where nothing, or too little, is known", () => {
    expect(holds({ ...row, compared: over(3, undefined), bar: { atMost: 1 } })).toBeUndefined();
    expect(holds({ ...row, compared: { value: 20, least: true }, bar: { atLeast: 40 } })).toBeUndefined();
    expect(holds({ ...row, compared: { value: 40, least: true }, bar: { atLeast: 40 } })).toBe(true);
    expect(holds({ ...row, compared: { value: 2, least: true }, bar: { atMost: 1 } })).toBe(false);
  });
});

describe("barTable", () => {
  it("leaves empty what is not known and says why", () => {
    const rows = [
      { ...row, compared: over(3, 2), bar: { atMost: 1 } },
      {
        measure: "slow",
        ours: 1,
        compared: { value: 40, least: true },
        bar: { atLeast: 40 },
        note: "no | step\nat all",
      },
      { measure: "none", bar: { atMost: 1 }, note: "left out" },
    ];
    expect(barTable(rows).split("\n").slice(2)).toEqual([
      "| step | 3 | 2 | 1.5 | ≤ 1 | **no** |  |",
      "| slow | 1 |  | > 40 | ≥ 40 | yes | no / step |",
      "| none |  |  |  | ≤ 1 |  | left out |",
    ]);
  });
});
