import { expect, it } from "vitest";
import { logAbsDet } from "./log-abs-det.js";

it.each([
  [[[3]], Math.log(3)],
  [
    [
      [0, 2],
      [-5, 1],
    ],
    Math.log(10),
  ],
  [
    [
      [1, 2, 3],
      [0, -4, 5],
      [1, 0, 6],
    ],
    Math.log(2),
  ],
  [
    [
      [1, 2],
      [2, 4],
    ],
    -Infinity,
  ],
])("of %j is %d", (matrix, expected) => {
  expect(logAbsDet(matrix)).toBeCloseTo(expected, 12);
});
