import * as tf from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Rank, Tensor } from "@tensorflow/tfjs-core";
import type { Operation } from "./operations.js";

const at = [-1.7, -0.6, 0.35, 0.85, 1.4, 2.1];
const straight = (apply: Operation["apply"]): Operation => ({ apply, at, straight: true });

const shaped = (x: Tensor, shape: number[]): tf.Tensor4D =>
  tf.reshape<Rank.R4>(x, shape as [number, number, number, number]);
const numbers = (...shape: number[]): tf.Tensor4D => {
  const size = shape.reduce((a, b) => a * b, 1);
  return shaped(tf.tensor1d(Array.from({ length: size }, (_, i) => Math.cos(2.3 * i + 0.4))), shape);
};

type Padding = Extract<Parameters<typeof tf.conv2d>[3], unknown[]>;

const last: Padding = [[0, 0], [1, 0], [0, 2], [0, 0]]; // prettier-ignore
const first: Padding = [[0, 0], [0, 0], [1, 0], [0, 2]]; // prettier-ignore

const transposed = (dy: Tensor, filter: Tensor, attributes: NamedAttrMap): Tensor =>
  tf.engine().runKernel("Conv2DBackpropInput", { dy, filter }, attributes);
/** From [1, 2, 3, 1] or its like with channels first, with stride 2, to 4 by 4 pixels of two channels. */
const upward: NamedAttrMap = { strides: 2, pad: last, dataFormat: "NHWC", inputShape: [1, 4, 4, 2] };
const upwardFirst: NamedAttrMap = { strides: 2, pad: first, dataFormat: "NCHW", inputShape: [1, 2, 4, 4] };

/** Convolutions and average pools, with the [2, 3] point as an image, a filter or a gradient. */
export const convolutions: Record<string, Operation> = {
  "conv2d, filter": straight((x) => tf.conv2d(numbers(2, 4, 5, 1), shaped(x, [2, 3, 1, 1]), [2, 1], "same")),
  "conv2d, channels as points": straight((x) =>
    tf.conv2d(shaped(x, [1, 2, 1, 3]), numbers(1, 1, 3, 2), 1, "valid"),
  ),
  "conv2d, padded": straight((x) => tf.conv2d(shaped(x, [1, 2, 3, 1]), numbers(2, 2, 1, 2), [1, 2], last)),
  "conv2d, channels first": straight((x) =>
    tf.conv2d(shaped(x, [1, 1, 2, 3]), numbers(2, 2, 1, 2), [1, 2], first, "NCHW"),
  ),
  "conv2d, filter, channels first": straight((x) =>
    tf.conv2d(numbers(2, 1, 4, 5), shaped(x, [2, 3, 1, 1]), 2, "same", "NCHW"),
  ),
  "conv2d, dilated": straight((x) =>
    tf.conv2d(shaped(x, [1, 2, 3, 1]), numbers(2, 2, 1, 2), 1, last, "NHWC", [1, 2]),
  ),
  "conv2d, filter, dilated": straight((x) =>
    tf.conv2d(numbers(1, 4, 7, 1), shaped(x, [2, 3, 1, 1]), 1, "same", "NHWC", [2, 3]),
  ),
  "conv2d with itself": {
    apply: (x) => tf.conv2d(shaped(x, [1, 2, 3, 1]), shaped(x, [2, 3, 1, 1]), 1, "same"),
    at,
  },
  conv2dTranspose: straight((x) =>
    tf.conv2dTranspose(shaped(x, [1, 2, 3, 1]), numbers(3, 3, 2, 1), [1, 4, 6, 2], 2, "same"),
  ),
  "conv2dTranspose, filter": straight((x) =>
    tf.conv2dTranspose(numbers(1, 2, 3, 1), shaped(x, [2, 3, 1, 1]), [1, 4, 7, 1], 2, "valid"),
  ),
  "transposed conv2d, padded": straight((x) =>
    transposed(shaped(x, [1, 2, 3, 1]), numbers(3, 2, 2, 1), upward),
  ),
  "transposed conv2d, channels first": straight((x) =>
    transposed(shaped(x, [1, 1, 2, 3]), numbers(3, 2, 2, 1), upwardFirst),
  ),
  "transposed conv2d, filter, channels first": straight((x) =>
    transposed(numbers(1, 1, 2, 3), tf.tile(shaped(x, [3, 2, 1, 1]), [1, 1, 2, 1]), upwardFirst),
  ),
  depthwiseConv2d: straight((x) =>
    tf.depthwiseConv2d(shaped(x, [1, 2, 1, 3]), numbers(2, 2, 3, 2), 1, "same"),
  ),
  "depthwiseConv2d, filter": straight((x) =>
    tf.depthwiseConv2d(numbers(1, 4, 4, 3), shaped(x, [1, 2, 3, 1]), 2, "same"),
  ),
  "depthwiseConv2d, filter, dilated": straight((x) =>
    tf.depthwiseConv2d(numbers(1, 4, 5, 1), shaped(x, [2, 3, 1, 1]), 1, "same", "NHWC", [1, 2]),
  ),
  avgPool: straight((x) => tf.avgPool(shaped(x, [1, 2, 3, 1]), 2, 1, "valid")),
  "avgPool, same": straight((x) => tf.avgPool(shaped(x, [1, 2, 3, 1]), [2, 3], [1, 2], "same")),
  "avgPool, padded": straight((x) => tf.avgPool(shaped(x, [1, 2, 3, 1]), 2, 1, 1)),
};
