import { expect, it } from "vitest";
import { InputError } from "../errors.js";
import { luFactors } from "./lu-factors.js";

it("gives factors whose product is the matrix", () => {
  const matrix = [0.2, -1, 0.5, 2, 0.3, -0.7, -0.4, 0.9, 1.1];
  const { permutation, lower, upper, sign, logDiagonal } = luFactors(matrix, 3);
  const at = (row: number, column: number): number => {
    let total = 0;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const left = lower[i * 3 + j]! + Number(i === j);
        const right = upper[j * 3 + column]! + (j === column ? sign[j]! * Math.exp(logDiagonal[j]!) : 0);
        total += permutation[row * 3 + i]! * left * right;
      }
    return total;
  };
  matrix.forEach((value, i) => expect(at(Math.floor(i / 3), i % 3)).toBeCloseTo(value, 5));
});

it("refuses a singular matrix", () => {
  expect(() => luFactors([1, 2, 2, 4], 2)).toThrow(InputError);
});
