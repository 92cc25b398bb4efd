import { afterAll, describe, expect, test } from "vitest";
import { engine } from "./engine.js";
import { matrixProduct, useBackend, type ProductShape } from "./index.js";

const numbers = (length: number, phase: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(1.3 * i * i + phase));

afterAll(() => useBackend("cpu"));

function naive(a: Float64Array, b: Float64Array, shape: Required<ProductShape>): number[] {
  const { rows, inner, columns, transposeA, transposeB } = shape;
  return Array.from({ length: rows * columns }, (_, place) => {
    const [i, j] = [Math.floor(place / columns), place % columns];
    let sum = 0;
    for (let k = 0; k < inner; k++)
      sum += a[transposeA ? k * rows + i : i * inner + k]! * b[transposeB ? j * inner + k : k * columns + j]!;
    return sum;
  });
}

describe.each([
  { rows: 5, inner: 7, columns: 3 },
  { rows: 4, inner: 4, columns: 4 },
])("a float64 product of $rows × $inner and $inner × $columns", ({ rows, inner, columns }) => {
  test.each(["none", "cpu", "onnx"] as const)("on back end %s, either side transposed", async (backend) => {
    if (backend !== "none") await useBackend(backend);
    if (backend === "onnx") expect(engine().backend).toHaveProperty("matrixProduct", expect.any(Function));
    const [a, b] = [numbers(rows * inner, 1), numbers(inner * columns, 2)];
    for (const transposeA of [false, true])
      for (const transposeB of [false, true]) {
        const shape = { rows, inner, columns, transposeA, transposeB };
        const product = matrixProduct(a, b, shape);
        naive(a, b, shape).forEach((value, i) => expect(product[i]).toBeCloseTo(value, 13));
      }
  });
});

test("empty matrices have an empty product", () => {
  const none = new Float64Array();
  expect(matrixProduct(none, none, { rows: 0, inner: 0, columns: 0 })).toEqual(none);
});

test("arrays of another size are refused", () => {
  expect(() => matrixProduct(numbers(4, 0), numbers(6, 0), { rows: 2, inner: 3, columns: 2 })).toThrow(
    "A product of 2 × 3 and 3 × 2 was given 4 and 6 elements.",
  );
});
