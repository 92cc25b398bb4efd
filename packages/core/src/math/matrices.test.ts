import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { add, makeTensor, matMul, mul, reshape, slice, square } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import {
  cholesky,
  elementwise,
  float64,
  inverseRegularizedBeta,
  inverseRegularizedGammaP,
  logDetTriangular,
  regularizedBeta,
  regularizedGammaP,
  regularizedGammaQ,
  triangularSolve,
} from "./index.js";
import { matrixTranspose } from "./matrices.js";
import { checkGradients, checkSecondGradients } from "./testing/finite-differences.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const spd = () =>
  makeTensor([4, 1, 0.5, 1, 3, -0.4, 0.5, -0.4, 2, 1, 0.2, 0, 0.2, 2, 0.7, 0, 0.7, 5], [2, 3, 3]);
const lower = () =>
  makeTensor([2, 0, 0, 0.5, 1.5, 0, -0.3, 0.8, 1, 1, 0, 0, -0.7, 2, 0, 0.4, 0.1, 3], [2, 3, 3]);
const symmetric = (a: Tensor): Tensor => mul(add(a, matrixTranspose(a)), 0.5);

function expectEqual(actual: Tensor, expected: Tensor, digits = 5): void {
  expect(actual.shape).toEqual(expected.shape);
  const values = expected.dataSync();
  actual.dataSync().forEach((value, index) => expect(value).toBeCloseTo(values[index]!, digits));
}

describe("cholesky", () => {
  it("factors a batch", () => {
    const l = cholesky(spd());
    expectEqual(matMul(l, l, false, true), spd());
    expect(l.dataSync()[1]).toBe(0);
  });

  it("has the right first and second derivatives for symmetric changes", () => {
    checkGradients((a) => cholesky(symmetric(a)), [spd()]);
    checkSecondGradients((a) => cholesky(symmetric(a)), [spd()]);
  });

  it("names the matrix that is not positive definite, and refuses other shapes", () => {
    expect(() => cholesky(makeTensor([1, 0, 0, 1, 1, 2, 2, 1], [2, 2, 2]))).toThrow(InputError);
    expect(() => cholesky(makeTensor([1, 0, 0, 1, 1, 2, 2, 1], [2, 2, 2]))).toThrow(/matrix 1/);
    expect(() => cholesky(makeTensor([1, 2]))).toThrow(InputError);
  });
});

describe("triangularSolve", () => {
  const b = () => makeTensor([1, -1, 0.5, 2, 0.3, 0.7, -0.2, 1, 1, 0, 2, -1], [2, 3, 2]);

  it.each([false, true])("solves, transposed: %s", (transpose) => {
    expectEqual(matMul(lower(), triangularSolve(lower(), b(), { transpose }), transpose), b());
  });

  it.each([false, true])(
    "is right in both inputs' first and second derivatives, transposed: %s",
    (transpose) => {
      const f = (l: Tensor, c: Tensor): Tensor => triangularSolve(l, c, { transpose });
      checkGradients(f, [lower(), b()]);
      checkSecondGradients((l, c) => square(f(l, c)), [lower(), b()], { tolerance: 3e-3 });
    },
  );

  it("broadcasts leading axes in both directions, gradients included", () => {
    const one = makeTensor([2, 0, 0.5, 1.5], [2, 2]);
    const many = makeTensor([1, 2, 3, 4, 5, 6], [3, 2, 1]);
    const second = reshape(slice(triangularSolve(one, many), [1, 0, 0], [1, 2, 1]), [2, 1]);
    expectEqual(matMul(one, second), makeTensor([3, 4], [2, 1]));
    checkGradients((l, c) => triangularSolve(l, c), [one, many]);
    checkGradients((l, c) => triangularSolve(l, c), [lower(), makeTensor([1, 2, 3], [3, 1])]);
  });

  it("refuses shapes that do not fit", () => {
    expect(() => triangularSolve(lower(), makeTensor([1, 2], [2, 1]))).toThrow(InputError);
    expect(() => triangularSolve(makeTensor([1, 2], [1, 2]), makeTensor([1], [1, 1]))).toThrow(InputError);
    const three = makeTensor(new Float32Array(9), [3, 3, 1]);
    expect(() => triangularSolve(lower(), three)).toThrow(InputError);
  });
});

describe("logDetTriangular", () => {
  it("sums the logarithms of the diagonal, with gradients", () => {
    expectEqual(logDetTriangular(lower()), makeTensor([Math.log(3), Math.log(6)]));
    expectEqual(logDetTriangular(makeTensor([-2, 5, 0, 3], [2, 2])), makeTensor(Math.log(6)));
    checkGradients(logDetTriangular, [lower()]);
    checkSecondGradients(logDetTriangular, [lower()]);
  });

  it("with cholesky is half of log det", () => {
    const values = Array.from(spd().dataSync());
    const expected = [0, 9].map((start) =>
      float64
        .symmetricEigen(values.slice(start, start + 9), 3)
        .values.reduce((sum, x) => sum + Math.log(x) / 2, 0),
    );
    expectEqual(logDetTriangular(cholesky(spd())), makeTensor(expected));
  });
});

describe("elementwise", () => {
  it("broadcasts any number of tensors", () => {
    const result = elementwise(
      (a, b, c) => 100 * a + 10 * b + c,
      makeTensor([1, 2], [2, 1, 1]),
      makeTensor([3, 4, 5], [3, 1]),
      makeTensor([6, 7]),
    );
    expect(result.shape).toEqual([2, 3, 2]);
    expect(Array.from(result.dataSync())).toEqual([
      136, 137, 146, 147, 156, 157, 236, 237, 246, 247, 256, 257,
    ]);
    expect(elementwise((a) => a + 1, makeTensor(2)).dataSync()[0]).toBe(3);
    expect(elementwise((a) => a, makeTensor([], [0, 2])).shape).toEqual([0, 2]);
    expect(() => elementwise((a, b) => a + b, makeTensor([1, 2]), makeTensor([1, 2, 3]))).toThrow(InputError);
  });

  it("gives the incomplete functions and their inverses", () => {
    const shape = makeTensor([0.5, 2], [2, 1]);
    const x = makeTensor([0.25, 0.75]);
    const p = regularizedGammaP(shape, x);
    expectEqual(add(p, regularizedGammaQ(shape, x)), makeTensor([1, 1, 1, 1], [2, 2]));
    expectEqual(inverseRegularizedGammaP(shape, p), makeTensor([0.25, 0.75, 0.25, 0.75], [2, 2]));
    const beta = regularizedBeta(shape, makeTensor(3), x);
    expect(beta.dataSync()[2]).toBeCloseTo(float64.regularizedBeta(2, 3, 0.25), 6);
    expectEqual(
      inverseRegularizedBeta(shape, makeTensor(3), beta),
      makeTensor([0.25, 0.75, 0.25, 0.75], [2, 2]),
    );
  });
});
