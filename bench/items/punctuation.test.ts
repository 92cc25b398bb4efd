import { expect, it } from "vitest";
import { f1, punctuationTable } from "./punctuation.js";

it("tells F1 of marks in their places", () => {
  expect(f1(Int32Array.of(0, 1, 2, 0), Int32Array.of(0, 1, 1, 2))).toBeCloseTo((2 * 1) / (2 + 3), 12);
  expect(f1(new Int32Array(2), Int32Array.of(1, 1))).toBe(0);
});

it("shows where one model overtakes the other", () => {
  const point = (model: string, size: number, accuracy: number) =>
    ({ model, size, accuracy, deviation: 0, accuracies: [accuracy] }) as const;
  const table = punctuationTable([
    point("hmm", 10, 0.5),
    point("crf", 10, 0.4),
    point("hmm", 2000, 0.6),
    point("crf", 2000, 0.7),
  ]);
  expect(table).toContain("| 2000 | 0.7000 | 0.6000 | 0.1000 | yes |");
  expect(table).toContain("overtakes at 141 poems");
});
