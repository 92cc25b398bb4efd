import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.js";
import {
  cholesky,
  choleskySolve,
  covariance,
  crossProduct,
  inverseFromCholesky,
  logDetFromCholesky,
  multiply,
  solveLower,
  solveLowerTransposed,
  solveUpper,
  symmetricEigen,
} from "./index.js";

/** A fixed stream of numbers in [-1, 1) (Park and Miller's generator). */
function numbers(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

function naiveProduct(a: Float64Array, b: Float64Array, n: number, k: number, m: number): Float64Array {
  return Float64Array.from({ length: n * m }, (_, index) => {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += a[Math.floor(index / m) * k + i]! * b[i * m + (index % m)]!;
    return sum;
  });
}

const transposed = (a: Float64Array, rows: number, columns: number): Float64Array =>
  Float64Array.from(
    { length: a.length },
    (_, index) => a[(index % rows) * columns + Math.floor(index / rows)]!,
  );

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)), 0);

const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, index) => (index % (n + 1) === 0 ? 1 : 0));

function positiveDefinite(n: number, seed: number): Float64Array {
  const x = numbers(n * n, seed);
  const a = multiply(transposed(x, n, n), x, n, n, n);
  for (let index = 0; index < n; index++) a[index * (n + 1)]! += 0.5;
  return a;
}

describe("multiply and crossProduct", () => {
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [70, 130, 65],
  ])("multiply %i × %i by %i is the naive product", (n, k, m) => {
    const [a, b] = [numbers(n * k, 1), numbers(k * m, 2)];
    expect(largestDifference(multiply(a, b, n, k, m), naiveProduct(a, b, n, k, m))).toBeLessThan(1e-13);
  });

  it.each([
    [1, 3],
    [4, 4],
    [7, 5],
    [101, 33],
  ])("crossProduct of %i × %i is XᵀX and symmetric", (rows, columns) => {
    const x = numbers(rows * columns, 3).map((value) => (value < -0.5 ? 0 : value));
    const gram = crossProduct(x, rows, columns);
    expect(
      largestDifference(gram, naiveProduct(transposed(x, rows, columns), x, columns, rows, columns)),
    ).toBeLessThan(1e-12);
    expect(transposed(gram, columns, columns)).toEqual(gram);
  });
});

describe("covariance", () => {
  it("has the hand-made values, with either divisor", () => {
    const x = [1, 2, 3, 6, 5, 4];
    expect(covariance(x, 3, 2)).toEqual({
      mean: Float64Array.of(3, 4),
      covariance: Float64Array.of(8 / 3, 4 / 3, 4 / 3, 8 / 3),
    });
    expect(covariance(x, 3, 2, 2).covariance).toEqual(Float64Array.of(4, 2, 2, 4));
  });

  it("keeps its digits beside a large mean, over several blocks", () => {
    const x = numbers(2500 * 3, 4);
    const { covariance: near } = covariance(x, 2500, 3);
    const { covariance: far } = covariance(
      x.map((value) => value + 1e6),
      2500,
      3,
    );
    expect(largestDifference(near, far)).toBeLessThan(1e-9);
  });
});

describe("Cholesky", () => {
  it.each([1, 2, 5, 40])("factors, solves, inverts and takes the determinant for n = %i", (n) => {
    const a = positiveDefinite(n, 5);
    const l = cholesky(a, n)!;
    expect(largestDifference(multiply(l, transposed(l, n, n), n, n, n), a)).toBeLessThan(1e-12);
    const b = numbers(n * 3, 6);
    expect(largestDifference(multiply(a, choleskySolve(l, n, b), n, n, 3), b)).toBeLessThan(1e-11);
    const inverse = inverseFromCholesky(l, n);
    expect(largestDifference(multiply(a, inverse, n, n, n), identity(n))).toBeLessThan(1e-11);
    expect(transposed(inverse, n, n)).toEqual(inverse);
    const fromEigenvalues = symmetricEigen(a, n).values.reduce((sum, value) => sum + Math.log(value), 0);
    expect(logDetFromCholesky(l, n)).toBeCloseTo(fromEigenvalues, 10);
  });

  it("has the textbook factor", () => {
    expect(cholesky([4, 12, -16, 12, 37, -43, -16, -43, 98], 3)).toEqual(
      Float64Array.of(2, 0, 0, 6, 1, 0, -8, 5, 3),
    );
  });

  it("returns undefined for what is not positive definite", () => {
    expect(cholesky([1, 2, 2, 1], 2)).toBeUndefined();
    expect(cholesky([0], 1)).toBeUndefined();
    expect(cholesky([NaN], 1)).toBeUndefined();
    expect(cholesky([Infinity], 1)).toBeUndefined();
  });

  it("solves triangular systems both ways, with several right sides", () => {
    const n = 6;
    const l = cholesky(positiveDefinite(n, 7), n)!;
    const upper = transposed(l, n, n);
    const b = numbers(n * 4, 8);
    expect(largestDifference(multiply(l, solveLower(l, n, b), n, n, 4), b)).toBeLessThan(1e-12);
    expect(largestDifference(multiply(upper, solveUpper(upper, n, b), n, n, 4), b)).toBeLessThan(1e-12);
    expect(solveLowerTransposed(l, n, b)).toEqual(solveUpper(upper, n, b));
  });
});

function expectDecomposition(a: Float64Array, n: number, tolerance: number): Float64Array {
  const { values, vectors } = symmetricEigen(a, n);
  const scale = Math.max(1, ...Array.from(values, Math.abs));
  const images = multiply(vectors, a, n, n, n);
  const scaled = vectors.map((value, index) => value * values[Math.floor(index / n)]!);
  expect(largestDifference(images, scaled) / scale).toBeLessThan(tolerance);
  expect(largestDifference(multiply(vectors, transposed(vectors, n, n), n, n, n), identity(n))).toBeLessThan(
    tolerance,
  );
  expect(Array.from(values)).toEqual(Array.from(values).sort((x, y) => y - x));
  return values;
}

describe("symmetricEigen", () => {
  it.each([1, 2, 3, 10, 57, 120])("decomposes a random matrix of size %i", (n) => {
    const x = numbers(n * n, 9);
    const a = Float64Array.from(x, (_, index) => x[index]! + x[(index % n) * n + Math.floor(index / n)]!);
    const values = expectDecomposition(a, n, 2e-14 * n);
    const trace = Array.from({ length: n }, (_, index) => a[index * (n + 1)]!).reduce(
      (sum, value) => sum + value,
      0,
    );
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 9);
  });

  it("has the closed form of the second difference matrix", () => {
    const n = 30;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      a[i * n + i] = 2;
      if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
    }
    const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos((Math.PI * (n - k)) / (n + 1)));
    expect(largestDifference(expectDecomposition(a, n, 1e-13), expected)).toBeLessThan(1e-13);
  });

  it("handles zero, diagonal, constant and low-rank matrices", () => {
    expect(expectDecomposition(new Float64Array(16), 4, 1e-15)).toEqual(new Float64Array(4));
    expect(expectDecomposition(identity(5), 5, 1e-15)).toEqual(new Float64Array(5).fill(1));
    expect(expectDecomposition(Float64Array.of(1, 0, 0, 0, 3, 0, 0, 0, 2), 3, 1e-15)).toEqual(
      Float64Array.of(3, 2, 1),
    );
    const ones = expectDecomposition(new Float64Array(49).fill(1), 7, 1e-14);
    expect(largestDifference(ones, [7, 0, 0, 0, 0, 0, 0])).toBeLessThan(1e-14);
    const lowRank = crossProduct(numbers(3 * 20, 10), 3, 20);
    expect(
      Array.from(expectDecomposition(lowRank, 20, 1e-13).slice(3), Math.abs).every((value) => value < 1e-13),
    ).toBe(true);
  });

  it("survives tiny and huge scales, and refuses what is not finite", () => {
    for (const scale of [1e-150, 1e150]) {
      const a = positiveDefinite(6, 11);
      const { values } = symmetricEigen(
        a.map((value) => value * scale),
        6,
      );
      expect(
        largestDifference(
          values.map((value) => value / scale),
          symmetricEigen(a, 6).values,
        ),
      ).toBeLessThan(1e-12);
    }
    expect(() => symmetricEigen([NaN], 1)).toThrow(InputError);
  });
});
