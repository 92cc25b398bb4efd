import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, test } from "vitest";
import { orthogonal } from "./orthogonal.js";

beforeAll(() => useBackend("cpu"));

const fans = { fanIn: 1, fanOut: 1 };

test.each([
  [5, 5],
  [4, 9],
  [9, 4],
  [1, 3],
])("the fewer of the rows and columns of a %i × %i matrix are orthonormal", (rows, columns) => {
  const matrix = orthogonal(key(4), [rows, columns], fans);
  expect(matrix.shape).toEqual([rows, columns]);
  const values = matrix.dataSync();
  const [count, size] = rows <= columns ? [rows, columns] : [columns, rows];
  const at = (vector: number, i: number) =>
    values[rows <= columns ? vector * columns + i : i * columns + vector]!;
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++) {
      let product = 0;
      for (let i = 0; i < size; i++) product += at(a, i) * at(b, i);
      expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
    }
});

test("its directions are drawn evenly: an element has mean 0 and variance 1 / size", () => {
  const draws = Array.from(
    { length: 400 },
    (_, i) => orthogonal(key(7).fold(i), [3, 3], fans).dataSync()[0]!,
  );
  const mean = draws.reduce((a, b) => a + b) / 400;
  const variance = draws.reduce((total, v) => total + v * v, 0) / 400;
  expect(Math.abs(mean)).toBeLessThan((5 * Math.sqrt(1 / 3)) / 20);
  expect(Math.abs(variance - 1 / 3)).toBeLessThan(0.08);
});

test("needs a matrix", () => {
  expect(() => orthogonal(key(1), [3], fans)).toThrow("need a matrix");
});
