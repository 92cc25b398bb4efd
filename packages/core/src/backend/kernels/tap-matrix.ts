import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Geometry } from "./convolution-geometry.js";
import { forEachRun } from "./taps.js";
import type { WasmBackend } from "./wasm-backend.js";

/**
 * The matrix [taps · channels, batch · windows] of what each tap of a filter reads from images [channels, batch,
 * height, width], with zeros from outside them (im2col).
 */
export function tapMatrix(
  engine: WasmBackend,
  images: TensorInfo,
  outputShape: number[],
  filterShape: number[],
  window: Geometry,
): TensorInfo {
  const [channels, batch, height, width] = images.shape as [number, number, number, number];
  const [rows, columns] = outputShape.slice(1) as [number, number];
  const taps = filterShape.slice(0, 2) as [number, number];
  const count = channels * batch;
  const matrix = engine.makeOutput([taps[0] * taps[1] * channels, batch * rows * columns], "float32");
  // Both views are taken after the matrix is made, which may move the heap.
  const from = engine.typedArrayFromHeap(images);
  const to = engine.typedArrayFromHeap(matrix).fill(0);
  const step = window.strides[1];
  forEachRun([count, height, width], [rows, columns], taps, window, (run) => {
    const target = run.tap * count * rows * columns + run.window;
    for (let i = run.first; i < run.end; i++) to[target + i] = from[run.pixel + i * step]!;
  });
  return matrix;
}
