import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { geometry, paddings, shapeIn, type Geometry } from "./convolution-geometry.js";
import { tapMatrix } from "./tap-matrix.js";
import { isEmpty, permute, runOne, wasm, zeros, type WasmBackend } from "./wasm-backend.js";

/** The kernels of the wasm back end that the gradient is made of. */
interface Parts {
  readonly convolve: KernelConfig;
  readonly transpose: KernelConfig;
  readonly product: KernelConfig;
}

/**
 * The gradient of a convolution to its filter, dw[i, c, o] = sum_(n, h) x[n, s h + i - p, c] dy[n, h, o].
 *
 * It is a convolution of x with dy, of x's channels as the batch and the batch as channels, in which dy is dilated by
 * the stride s. For a single channel or tap, which would leave that convolution's tiles empty, a matrix product takes
 * its place.
 */
export const convolutionFilterGradient = (parts: Parts): KernelConfig => ({
  kernelName: "Conv2DBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs = {}, backend }): TensorInfo => {
    const { x, dy } = inputs;
    if (!x || !dy) throw new Error("Conv2DBackpropFilter: inputs are missing.");
    const engine = wasm(backend);
    const shape = shapeIn(attrs, "filterShape");
    if (isEmpty(x, dy, { shape })) return zeros(engine, shape);
    const single = x.shape[3] === 1 || shape[0]! * shape[1]! === 1;
    return (single ? byProduct : byConvolution)(engine, parts, x, dy, shape, geometry(x.shape, shape, attrs));
  },
});

type Route = (
  engine: WasmBackend,
  parts: Parts,
  x: TensorInfo,
  dy: TensorInfo,
  shape: number[],
  window: Geometry,
) => TensorInfo;

const byConvolution: Route = (engine, { convolve, transpose }, x, dy, shape, { strides, before }) => {
  const images = permute(transpose, engine, x, [3, 1, 2, 0]);
  const windows = permute(transpose, engine, dy, [1, 2, 0, 3]);
  const after = (axis: 0 | 1): number => {
    const reached = (dy.shape[1 + axis]! - 1) * strides[axis] + shape[axis]!;
    return Math.max(0, reached - x.shape[1 + axis]! - before[axis]);
  };
  const taps = runOne(convolve, {
    inputs: { x: images, filter: windows },
    attrs: {
      strides: 1,
      dilations: [...strides],
      pad: paddings(before, [after(0), after(1)]),
      dataFormat: "NHWC",
    },
    backend: engine,
  });
  const output = channelsInside(engine, taps, shape);
  for (const { dataId } of [images, windows, taps]) engine.disposeData(dataId);
  return output;
};

/** [channels, rows, columns, out] as [rows, columns, channels, out], without the taps beyond the given shape. */
function channelsInside(engine: WasmBackend, taps: TensorInfo, shape: number[]): TensorInfo {
  const output = engine.makeOutput(shape, "float32");
  const [from, to] = [engine.typedArrayFromHeap(taps), engine.typedArrayFromHeap(output)];
  const [height, width, channels, outputs] = shape as [number, number, number, number];
  const [, rows, columns] = taps.shape as [number, number, number];
  let target = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        const source = ((channel * rows + y) * columns + x) * outputs;
        to.set(from.subarray(source, source + outputs), target);
        target += outputs;
      }
    }
  }
  return output;
}

const byProduct: Route = (engine, { transpose, product }, x, dy, shape, window) => {
  const images = permute(transpose, engine, x, [3, 0, 1, 2]);
  const left = tapMatrix(engine, images, dy.shape, shape, window);
  const right = { ...dy, shape: [left.shape[1]!, dy.shape[3]!] };
  const output = runOne(product, {
    inputs: { a: left, b: right },
    attrs: { transposeA: false, transposeB: false },
    backend: engine,
  });
  for (const { dataId } of [images, left]) engine.disposeData(dataId);
  return { ...output, shape };
};
