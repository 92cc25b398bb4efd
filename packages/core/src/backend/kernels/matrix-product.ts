import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { rightOperand } from "./right-operand.js";
import { runOne, swapLastAxes, wasm, type WasmBackend } from "./wasm-backend.js";

type Product = (a: TensorInfo, b: TensorInfo) => TensorInfo;

/** Multiply-adds of one product in a batch from which the fast path outweighs the cost of calling it. */
const worthwhile = 2 ** 16;

/**
 * The matrix product on the wasm back end by way of its one fast path, a single product without transpose flags:
 * flagged operands are transposed first, a batch against one matrix becomes one tall product, other batches are
 * multiplied one by one.
 */
export const matrixProduct = (original: KernelConfig, transpose: KernelConfig): KernelConfig => ({
  ...original,
  kernelFunc: ({ inputs, attrs, backend }): TensorInfo => {
    const { a, b } = inputs;
    if (!a || !b) throw new Error("BatchMatMul: inputs are missing.");
    const engine = wasm(backend);
    const plain: Product = (left, right) => {
      const operand = rightOperand(engine, right);
      const product = runOne(original, {
        inputs: { a: left, b: operand },
        attrs: { transposeA: false, transposeB: false },
        backend,
      });
      if (operand !== right) engine.disposeData(operand.dataId);
      return product;
    };
    const left = attrs?.["transposeA"] ? swapLastAxes(transpose, engine, a) : a;
    const right = attrs?.["transposeB"] ? swapLastAxes(transpose, engine, b) : b;
    const output = multiply(engine, plain, left, right);
    if (left !== a) engine.disposeData(left.dataId);
    if (right !== b) engine.disposeData(right.dataId);
    return output;
  },
});

function multiply(engine: WasmBackend, plain: Product, a: TensorInfo, b: TensorInfo): TensorInfo {
  const [rows, inner] = [a.shape.at(-2)!, a.shape.at(-1)!];
  const columns = b.shape.at(-1)!;
  const [countA, countB] = [batches(a), batches(b)];
  if (countA > 1 && countB === 1 && b.shape.length <= a.shape.length && inner === b.shape.at(-2)) {
    const product = plain({ ...a, shape: [countA * rows, inner] }, { ...b, shape: [inner, columns] });
    return { ...product, shape: [...a.shape.slice(0, -1), columns] };
  }
  const sameBatches = a.shape.slice(0, -2).join() === b.shape.slice(0, -2).join();
  if (countA > 1 && sameBatches && rows * inner * columns >= worthwhile && inner === b.shape.at(-2)) {
    return oneByOne(engine, plain, a, b, countA);
  }
  return plain(a, b);
}

function oneByOne(
  engine: WasmBackend,
  plain: Product,
  a: TensorInfo,
  b: TensorInfo,
  count: number,
): TensorInfo {
  const shapeA = a.shape.slice(-2);
  const shapeB = b.shape.slice(-2);
  const output = engine.makeOutput([...a.shape.slice(0, -1), shapeB[1]!], "float32");
  const size = shapeA[0]! * shapeB[1]!;
  for (let i = 0; i < count; i++) {
    // The back end keeps its packed form of b under b's id, so that every product needs a right operand of its own.
    const [left, right] = [copy(engine, a, shapeA, i), copy(engine, b, shapeB, i)];
    const product = plain(left, right);
    engine.typedArrayFromHeap(output).set(engine.typedArrayFromHeap(product), i * size);
    for (const { dataId } of [left, right, product]) engine.disposeData(dataId);
  }
  return output;
}

/** One matrix of a batch; views of the heap are taken after the allocation, which may move it. */
function copy(engine: WasmBackend, x: TensorInfo, shape: number[], index: number): TensorInfo {
  const size = shape[0]! * shape[1]!;
  const part = engine.makeOutput(shape, "float32");
  engine
    .typedArrayFromHeap(part)
    .set(engine.typedArrayFromHeap(x).subarray(index * size, (index + 1) * size));
  return part;
}

const batches = (x: TensorInfo): number => x.shape.slice(0, -2).reduce((a, b) => a * b, 1);
