import * as tf from "@tensorflow/tfjs-core";
import type { KernelConfig, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { useBackend } from "../index.js";
import { fusedMatrixProduct } from "./fused-matrix-product.js";
import { matrixProduct } from "./matrix-product.js";
import { inside, point } from "../testing/differences.js";
import { convolutions } from "../testing/convolutions.js";
import { binary, masks, products, reductions, shapes, unary } from "../testing/operations.js";

beforeAll(async () => {
  await useBackend("cpu");
  await useBackend("wasm");
});

const numbers = (...shape: number[]): Tensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + 0.3 * shape.length)),
    shape,
  );
};

/** The largest difference, relative or absolute, between what both back ends compute, with nothing left behind. */
async function difference(compute: () => Tensor): Promise<number> {
  const results: { shape: number[]; values: number[] }[] = [];
  for (const name of ["cpu", "wasm"] as const) {
    await useBackend(name);
    const before = tf.backend().numDataIds();
    tf.tidy(() => {
      const result = compute();
      results.push({ shape: result.shape, values: [...result.dataSync()] });
    });
    expect(tf.backend().numDataIds()).toBe(before);
  }
  const [expected, found] = results;
  expect(found!.shape).toEqual(expected!.shape);
  return Math.max(
    ...found!.values.map(
      (value, i) => Math.abs(value - expected!.values[i]!) / Math.max(1, Math.abs(expected!.values[i]!)),
    ),
  );
}

const flags = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

const sizes = [
  { name: "one product", a: [], b: [] },
  { name: "a batch", a: [3], b: [3] },
  { name: "two batch axes", a: [2, 3], b: [2, 3] },
  { name: "a batch by one matrix", a: [3], b: [] },
  { name: "a batch by a batch of one", a: [3], b: [1] },
  { name: "one matrix by a batch", a: [], b: [3] },
];

describe.each(flags)("with transpose flags %s and %s", (transposeA, transposeB) => {
  describe.each([
    [5, 7, 4],
    [40, 50, 60],
    [1, 64, 33],
  ])("%d × %d × %d", (rows, inner, columns) => {
    test.each(sizes)("$name equals cpu", async ({ a, b }) => {
      const compute = (): Tensor =>
        tf.matMul(
          numbers(...a, ...(transposeA ? [inner, rows] : [rows, inner])),
          numbers(...b, ...(transposeB ? [columns, inner] : [inner, columns])),
          transposeA,
          transposeB,
        );
      expect(await difference(compute)).toBeLessThan(1e-5);
    });

    test("the fused product equals cpu", async () => {
      const compute = (): Tensor =>
        tf.fused.matMul({
          a: numbers(...(transposeA ? [inner, rows] : [rows, inner])),
          b: numbers(...(transposeB ? [columns, inner] : [inner, columns])),
          bias: tf.tensor1d([...numbers(columns).dataSync()]),
          activation: "relu",
          transposeA,
          transposeB,
        });
      expect(await difference(compute)).toBeLessThan(1e-5);
    });
  });
});

describe("only single products without flags reach the original kernel", () => {
  const [product, fused, transpose] = ["BatchMatMul", "_FusedMatMul", "Transpose"].map(
    (name) => (): KernelConfig => tf.getKernel(name, "wasm"),
  );
  const spied = (original: KernelConfig) => ({ ...original, kernelFunc: vi.fn(original.kernelFunc) });

  beforeAll(async () => {
    await useBackend("wasm");
  });

  test.each([
    { name: "a batch", a: [3, 40, 50], b: [3, 60, 40], products: 3 },
    { name: "a batch by one matrix", a: [3, 40, 50], b: [60, 40], products: 1 },
    { name: "one product", a: [40, 50], b: [60, 40], products: 1 },
  ])("$name", ({ a, b, products }) => {
    const original = spied(product!());
    tf.tidy(() => {
      const inputs = { a: numbers(...a), b: numbers(...b) };
      const attrs = { transposeA: true, transposeB: true };
      const { kernelFunc } = matrixProduct(original, transpose!());
      tf.engine().makeTensorFromTensorInfo(
        kernelFunc({ inputs, attrs, backend: tf.backend() }) as TensorInfo,
      );
    });
    expect(original.kernelFunc).toHaveBeenCalledTimes(products);
    for (const [{ inputs, attrs }] of original.kernelFunc.mock.calls) {
      expect(inputs["a"]!.shape).toHaveLength(2);
      expect(attrs).toEqual({ transposeA: false, transposeB: false });
    }
  });

  test("fused", () => {
    const original = spied(fused!());
    tf.tidy(() => {
      const inputs = { a: numbers(1, 7, 5), b: numbers(1, 4, 7) };
      const attrs = { transposeA: true, transposeB: true, activation: "relu" };
      const { kernelFunc } = fusedMatrixProduct(original, transpose!());
      tf.engine().makeTensorFromTensorInfo(
        kernelFunc({ inputs, attrs, backend: tf.backend() }) as TensorInfo,
      );
    });
    expect(original.kernelFunc.mock.calls[0]![0].attrs).toEqual({
      transposeA: false,
      transposeB: false,
      activation: "relu",
    });
  });
});

test("products in a batch keep no packed operand from the product before", async () => {
  const compute = (): Tensor => {
    const [a, b] = [numbers(4, 64, 64), numbers(4, 64, 64)];
    return tf.add(tf.matMul(a, b), tf.matMul(a, tf.neg(tf.reverse(b, 0))));
  };
  expect(await difference(compute)).toBeLessThan(1e-5);
});

test.each([false, true])("a right operand may be read in several shapes, fused: %s", async (fused) => {
  const product = (a: Tensor, b: Tensor): Tensor => (fused ? tf.fused.matMul({ a, b }) : tf.matMul(a, b));
  const compute = (): Tensor => {
    const b = numbers(6, 4);
    const products = [
      product(numbers(3, 6), b),
      product(numbers(3, 4), tf.reshape(b, [4, 6])),
      product(numbers(3, 8), tf.reshape(b, [8, 3])),
      product(numbers(2, 6), b),
    ];
    return tf.concat(products.map((y) => tf.reshape(y, [-1])));
  };
  expect(await difference(compute)).toBeLessThan(1e-5);
});

test("attention's gradient equals cpu", async () => {
  const compute = (): Tensor => {
    const keys = numbers(2, 2, 48, 32);
    const loss = (x: Tensor): Tensor =>
      tf.sum(tf.square(tf.matMul(tf.softmax(tf.matMul(x, keys, false, true)), keys)));
    return tf.grad(loss)(numbers(2, 2, 48, 32));
  };
  expect(await difference(compute)).toBeLessThan(1e-5);
});

describe.each(["cpu", "wasm"] as const)("segment sums on %s", (name) => {
  beforeAll(async () => {
    await useBackend(name);
  });

  const sums = (x: Tensor, segments: number[], count: number): number[] =>
    tf.tidy(() => [...tf.unsortedSegmentSum(x, tf.tensor1d(segments, "int32"), count).dataSync()]);

  test("add the rows of each segment and leave out those outside", () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
    expect(sums(x, [2, 0, 2, 5], 3)).toEqual([3, 4, 0, 0, 6, 8]);
    expect(sums(x, [2, -1, 2, 0], 3)).toEqual([7, 8, 0, 0, 6, 8]);
    x.dispose();
  });

  test("take vectors, whole numbers and no rows", () => {
    expect(sums(tf.tensor1d([1, 2, 3]), [1, 1, 0], 2)).toEqual([3, 3]);
    expect(sums(tf.tensor1d([1, 2, 3], "int32"), [1, 1, 0], 2)).toEqual([3, 3]);
    expect(sums(tf.zeros([0, 2]), [], 2)).toEqual([0, 0, 0, 0]);
  });

  test("an embedding learns its rows", () => {
    const table = tf.variable(numbers(5, 3));
    const tokens = tf.tensor2d([0, 2, 4, 2], [2, 2], "int32");
    const wanted = numbers(3).arraySync() as number[];
    const target = tf.tensor(Array.from({ length: 4 }, () => wanted).flat(), [2, 2, 3]);
    const untouched = [...tf.slice(table, [1, 0], [1, 3]).dataSync()];
    const before = tf.memory().numTensors;
    const optimizer = tf.train.sgd(0.25);
    const loss = (): tf.Scalar => tf.sum(tf.squaredDifference(tf.gather(table, tokens), target));
    for (let step = 0; step < 30; step++) optimizer.minimize(loss);
    const learned = tf.tidy(() => [...tf.gather(table, tf.tensor1d([0, 2, 4, 1], "int32")).dataSync()]);
    [...wanted, ...wanted, ...wanted, ...untouched].forEach((value, i) => {
      expect(learned[i]).toBeCloseTo(value, 5);
    });
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([table, tokens, target]);
  });
});

describe("operations and their gradients on wasm equal cpu", () => {
  const operations = Object.entries({
    ...unary,
    ...binary,
    ...masks,
    ...reductions,
    ...products,
    ...shapes,
    ...convolutions,
  });

  test.each(operations)("%s", async (_, { apply, at }) => {
    expect(await difference(() => apply(point(at)))).toBeLessThan(1e-5);
    expect(await difference(() => tf.grad(inside(apply))(point(at)))).toBeLessThan(1e-5);
  });
});

test("log1p keeps the digits of small numbers on wasm", async () => {
  await useBackend("wasm");
  const values = tf.tidy(() => tf.log1p(tf.tensor1d([1e-9, 1e-6, 0.5, -0.5])).dataSync());
  [1e-9, 1e-6, 0.5, -0.5].forEach((x, i) => {
    expect(Math.abs(values[i]! / Math.log1p(x) - 1)).toBeLessThan(1e-6);
  });
});

test("oneHot gives floats when floats are asked for", async () => {
  const hot = () => tf.oneHot(tf.tensor1d([2, 0, 5, -1], "int32"), 3, 2, -1, "float32");
  expect(await difference(hot)).toBe(0);
});
