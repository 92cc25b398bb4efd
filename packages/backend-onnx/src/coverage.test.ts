import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { coverage } from "./index.js";

const needed =
  "BatchMatMul _FusedMatMul Einsum Conv2D Conv2DBackpropInput Conv2DBackpropFilter DepthwiseConv2dNative " +
  "DepthwiseConv2dNativeBackpropInput DepthwiseConv2dNativeBackpropFilter AvgPool AvgPoolGrad MaxPool MaxPoolGrad " +
  "ResizeNearestNeighbor ResizeNearestNeighborGrad ResizeBilinear ResizeBilinearGrad Add Sub Multiply RealDiv " +
  "FloorDiv Mod Pow Maximum Minimum SquaredDifference Neg Abs Sign Exp Expm1 Log Log1p Sqrt Rsqrt Square Reciprocal " +
  "Sin Cos Tanh Sigmoid Softplus Relu LeakyRelu Elu Selu Step Erf Floor Ceil Round ClipByValue AddN Equal NotEqual " +
  "Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalNot Select Cast IsNan Sum Mean Max Min Prod ArgMax " +
  "ArgMin All Any Cumsum Softmax LogSoftmax Reshape ExpandDims Identity Transpose Slice StridedSlice Concat SplitV " +
  "Pack Unpack PadV2 MirrorPad Tile Reverse Fill ZerosLike OnesLike Range OneHot GatherV2 GatherNd ScatterNd " +
  "UnsortedSegmentSum TopK";

test("the kernels that generative models train with are native", () => {
  expect(coverage().native).toEqual(expect.arrayContaining(needed.split(" ")));
});

test("calls are counted by where they ran", async () => {
  await tf.setBackend("onnx");
  const before = coverage().calls;
  tf.add(tf.ones([2]), tf.ones([2]));
  tf.atan2(tf.ones([2]), tf.ones([2]));
  const { native, fallback } = coverage().calls;
  expect(native["Add"]).toBe((before.native["Add"] ?? 0) + 1);
  expect(fallback["Atan2"]).toBe((before.fallback["Atan2"] ?? 0) + 1);
});
