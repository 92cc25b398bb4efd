import type { GradConfig, NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import { backend_util, div, engine, makeTensor, mul, zerosLike } from "../engine.js";
import { fromInputs } from "./gradient.js";

type Info = Parameters<typeof backend_util.computePool2DInfo>;

/**
 * Gradients of average pooling and of its gradient. The mean is over the pixels inside the image, whereas
 * TensorFlow.js divides gradients by the whole window's size, padding included.
 */
export const averagePoolGradients = (): GradConfig[] => [
  fromInputs("AvgPool", ["x"], (dy, [x], attributes) => ({
    x: () =>
      engine().runKernel(
        "AvgPoolGrad",
        { dy: mul(dy, windowOverInside(x!.shape, attributes)), input: x! },
        attributes,
      ),
  })),
  // The adjoint of the kernel as it is, which divides by the whole window's size.
  fromInputs("AvgPoolGrad", ["dy", "input"], (ddx, [, input], attributes) => ({
    dy: () =>
      div(engine().runKernel("AvgPool", { x: ddx }, attributes), windowOverInside(input!.shape, attributes)),
    input: () => zerosLike(input!),
  })),
];

/** For each window, [1, rows, columns, 1], its size over the number of its pixels inside the image. */
function windowOverInside(shape: number[], attributes: NamedAttrMap): Tensor {
  const info = backend_util.computePool2DInfo(
    shape as Info[0],
    attributes["filterSize"] as Info[1],
    attributes["strides"] as Info[2],
    1,
    attributes["pad"] as Info[4],
    attributes["dimRoundingMode"] as Info[5],
  );
  const ratios = (windows: number, stride: number, window: number, before: number, size: number): number[] =>
    Array.from({ length: windows }, (_, i) => {
      const begin = i * stride - before;
      return window / (Math.min(begin + window, size) - Math.max(begin, 0));
    });
  const rows = ratios(info.outHeight, info.strideHeight, info.filterHeight, info.padInfo.top, info.inHeight);
  const columns = ratios(info.outWidth, info.strideWidth, info.filterWidth, info.padInfo.left, info.inWidth);
  return mul(makeTensor(rows, [1, rows.length, 1, 1]), makeTensor(columns, [1, 1, columns.length, 1]));
}
