import * as tf from "@tensorflow/tfjs-core";
import type { Rank, Tensor } from "@tensorflow/tfjs-core";
import { logSigmoid, logSumExp } from "../../math/index.js";
import { logSoftmax } from "../log-softmax.js";
import type { TensorFunction } from "./differences.js";

/** An operation under test and the [2, 3] point at which it is smooth. */
export interface Operation {
  readonly apply: TensorFunction;
  readonly at: readonly number[];
  /** Whether the operation alone has no second derivative to speak of, so that TensorFlow.js finds no path. */
  readonly straight?: boolean;
}

const any = [-1.7, -0.6, 0.35, 0.85, 1.4, 2.1];
const unit = [-0.8, -0.5, -0.2, 0.3, 0.6, 0.75];
const positive = [0.3, 0.7, 1.2, 1.9, 2.6, 3.1];
const aboveOne = [1.3, 1.7, 2.2, 2.7, 3.1, 3.9];

const point = (values: number[]): Tensor => tf.tensor(values, [2, 3]);
const mixed = (): Tensor => point([0.45, -0.95, 1.25, 0.55, 1.6, -0.35]);
const above = (): Tensor => point([0.45, 0.95, 1.3, 0.55, 1.6, 2.35]);
const image = (x: Tensor): tf.Tensor4D => tf.reshape<Rank.R4>(x, [1, 2, 3, 1]);
const indices = (values: number[], shape = [values.length]): Tensor => tf.tensor(values, shape, "int32");
/** A vector of three, to be broadcast against two rows. */
const row = (x: Tensor): Tensor => tf.sum(x, 0);
const curved = (apply: TensorFunction, at = any): Operation => ({ apply, at });
const straight = (apply: TensorFunction, at = any): Operation => ({ apply, at, straight: true });
/** Squares where the mask is true, the identity elsewhere. */
const masked = (mask: TensorFunction): Operation => curved((x) => tf.where(mask(x), tf.square(x), tf.sin(x)));
const normalized = (x: Tensor): Tensor => {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  return tf.div(centred, tf.sqrt(tf.add(tf.mean(tf.square(centred), -1, true), 1e-5)));
};
const attention = (x: Tensor): Tensor =>
  tf.matMul(tf.softmax(tf.div(tf.matMul(x, tf.mul(x, mixed()), false, true), Math.sqrt(3))), tf.tanh(x));

export const unary: Record<string, Operation> = {
  abs: straight((x) => tf.abs(x)),
  acos: curved((x) => tf.acos(x), unit),
  acosh: curved((x) => tf.acosh(x), aboveOne),
  asin: curved((x) => tf.asin(x), unit),
  asinh: curved((x) => tf.asinh(x)),
  atan: curved((x) => tf.atan(x)),
  atanh: curved((x) => tf.atanh(x), unit),
  ceil: straight((x) => tf.ceil(x)),
  clipByValue: straight((x) => tf.clipByValue(x, -0.5, 1)),
  cos: curved((x) => tf.cos(x)),
  cosh: curved((x) => tf.cosh(x)),
  elu: curved((x) => tf.elu(x)),
  erf: curved((x) => tf.erf(x)),
  exp: curved((x) => tf.exp(x)),
  expm1: curved((x) => tf.expm1(x)),
  floor: straight((x) => tf.floor(x)),
  leakyRelu: straight((x) => tf.leakyRelu(x, 0.1)),
  log: curved((x) => tf.log(x), positive),
  log1p: curved((x) => tf.log1p(x), positive),
  "our logSigmoid": curved((x) => logSigmoid(x)),
  neg: straight((x) => tf.neg(x)),
  reciprocal: curved((x) => tf.reciprocal(x), positive),
  relu: straight((x) => tf.relu(x)),
  relu6: straight((x) => tf.relu6(x)),
  round: straight((x) => tf.round(x), [-1.8, -0.8, 0.25, 0.85, 1.25, 2.1]),
  rsqrt: curved((x) => tf.rsqrt(x), positive),
  selu: curved((x) => tf.selu(x)),
  sigmoid: curved((x) => tf.sigmoid(x)),
  sign: straight((x) => tf.sign(x)),
  sin: curved((x) => tf.sin(x)),
  sinh: curved((x) => tf.sinh(x)),
  softplus: curved((x) => tf.softplus(x)),
  sqrt: curved((x) => tf.sqrt(x), positive),
  square: curved((x) => tf.square(x)),
  step: straight((x) => tf.step(x)),
  tan: curved((x) => tf.tan(x), unit),
  tanh: curved((x) => tf.tanh(x)),
};

export const binary: Record<string, Operation> = {
  add: straight((x) => tf.add(x, mixed())),
  "atan2 first": curved((x) => tf.atan2(x, mixed())),
  "atan2 second": curved((x) => tf.atan2(mixed(), x)),
  "div first": straight((x) => tf.div(x, mixed())),
  "div second": curved((x) => tf.div(mixed(), x)),
  "div broadcast": curved((x) => tf.div(mixed(), tf.sum(x, 1, true))),
  divNoNan: curved((x) => tf.divNoNan(mixed(), x)),
  "floorDiv first": straight((x) => tf.floorDiv(x, above())),
  "maximum first": straight((x) => tf.maximum(x, mixed())),
  "maximum second": straight((x) => tf.maximum(mixed(), x)),
  "maximum broadcast": straight((x) => tf.maximum(mixed(), row(x))),
  "minimum first": straight((x) => tf.minimum(x, mixed())),
  "minimum broadcast": straight((x) => tf.minimum(row(x), mixed())),
  "mod first": straight((x) => tf.mod(x, above())),
  "mul broadcast": straight((x) => tf.mul(mixed(), row(x))),
  "pow base": curved((x) => tf.pow(x, above()), positive),
  "pow exponent": curved((x) => tf.pow(above(), x)),
  "pow both": curved((x) => tf.pow(x, x), positive),
  "pow broadcast": curved((x) => tf.pow(above(), row(x))),
  "pow 2": curved((x) => tf.pow(x, 2)),
  "pow 3": curved((x) => tf.pow(x, 3)),
  "prelu x": straight((x) => tf.prelu(x, mixed())),
  "prelu slope": straight((x) => tf.prelu(mixed(), x)),
  "prelu broadcast slope": straight((x) => tf.prelu(mixed(), row(x))),
  "squaredDifference first": curved((x) => tf.squaredDifference(x, mixed())),
  "squaredDifference second": curved((x) => tf.squaredDifference(mixed(), x)),
  "squaredDifference broadcast": curved((x) => tf.squaredDifference(mixed(), row(x))),
  sub: straight((x) => tf.sub(mixed(), x)),
};

export const masks: Record<string, Operation> = {
  "where greater": masked((x) => tf.greater(x, 0.5)),
  "where greaterEqual": masked((x) => tf.greaterEqual(x, 0.5)),
  "where less": masked((x) => tf.less(x, 0.5)),
  "where less, broadcast": masked((x) => tf.less(row(x), x)),
  "where lessEqual": masked((x) => tf.lessEqual(x, 0.5)),
  "where equal": masked((x) => tf.equal(x, tf.max(x, 1, true))),
  "where notEqual": masked((x) => tf.notEqual(x, mixed())),
  "where logicalAnd": masked((x) => tf.logicalAnd(tf.greater(x, 0), tf.less(x, 1))),
  "where logicalOr": masked((x) => tf.logicalOr(tf.greater(x, 1), tf.less(x, 0))),
  "where logicalNot": masked((x) => tf.logicalNot(tf.greater(x, 1))),
  "where logicalXor": masked((x) => tf.logicalXor(tf.greater(x, 1), tf.less(x, 0))),
  "where any": masked((x) => tf.any(tf.greater(x, 2), 1, true)),
  "where all": masked((x) => tf.all(tf.greater(x, 0), 1, true)),
  "where isNaN": masked((x) => tf.isNaN(x)),
  "where isFinite": masked((x) => tf.isFinite(x)),
  "where isInf": masked((x) => tf.isInf(x)),
  "cast greater": curved((x) => tf.mul(tf.cast(tf.greater(x, 0.5), "float32"), tf.square(x))),
  "oneHot argMax": curved((x) => tf.mul(tf.oneHot(tf.argMax(x, 1), 3), tf.square(x))),
  "gather argMax": curved((x) =>
    tf.mul(tf.gather(tf.tensor1d([1.5, 2.5, 3.5]), tf.argMax(x, 1)), tf.sum(tf.square(x), 1)),
  ),
};

export const reductions: Record<string, Operation> = {
  attention: curved(attention),
  cumsum: straight((x) => tf.cumsum(x, 1)),
  "cumsum, first axis": straight((x) => tf.cumsum(x, 0)),
  "cumsum, first of two": straight((x) => tf.cumsum(tf.slice(x, [0, 0], [2, 2]), 0)),
  "cumsum, middle axis, exclusive": straight((x) =>
    tf.cumsum(tf.tile(tf.expandDims(x, 2), [2, 1, 2]), 1, true),
  ),
  "cumsum, exclusive and reverse": straight((x) => tf.cumsum(x, 1, true, true)),
  "layer norm": curved(normalized),
  "our logSoftmax": curved((x) => logSoftmax(x)),
  logSumExp: curved((x) => tf.logSumExp(x, 1)),
  "our logSumExp": curved((x) => logSumExp(x, 1)),
  max: straight((x) => tf.max(x, 1)),
  "max, kept": straight((x) => tf.max(x, 0, true)),
  "max of all": straight((x) => tf.max(x)),
  mean: straight((x) => tf.mean(x, 0)),
  min: straight((x) => tf.min(x, -1)),
  moments: curved((x) => tf.moments(x, 1).variance),
  norm: curved((x) => tf.norm(x, 2, 1)),
  softmax: curved((x) => tf.softmax(x)),
  sum: straight((x) => tf.sum(x, 0)),
};

export const products: Record<string, Operation> = {
  matMul: straight((x) => tf.matMul(x, tf.transpose(mixed()))),
  "matMul, first transposed": straight((x) => tf.matMul(x, mixed(), true, false)),
  "matMul, second transposed": straight((x) => tf.matMul(mixed(), x, false, true)),
  "matMul, both transposed": straight((x) => tf.matMul(mixed(), tf.transpose(x), true, true)),
  "matMul with itself": curved((x) => tf.matMul(x, x, true, false)),
  "matMul in batches": curved((x) => tf.matMul(tf.stack([x, mixed()]), tf.stack([mixed(), x]), false, true)),
  "matMul, batch by matrix": straight((x) => tf.matMul(tf.stack([mixed(), above()]), tf.transpose(x))),
  "matMul, matrix by batch": straight((x) =>
    tf.matMul(tf.expandDims(x, 0), tf.stack([tf.transpose(mixed()), tf.transpose(above())])),
  ),
  "fused matMul": straight((x) =>
    tf.fused.matMul({ a: x, b: mixed(), transposeB: true, bias: tf.tensor1d([0.1, 0.2]) }),
  ),
  "fused matMul, sigmoid": curved((x) =>
    tf.fused.matMul({ a: x, b: mixed(), transposeB: true, activation: "sigmoid" }),
  ),
  dot: straight((x) => tf.dot(x, tf.transpose(mixed()))),
};

export const shapes: Record<string, Operation> = {
  addN: straight((x) => tf.addN([x, mixed(), x])),
  broadcastTo: straight((x) => tf.broadcastTo(tf.expandDims(x, 0), [3, 2, 3])),
  concat: straight((x) => tf.concat([x, mixed(), x], 1)),
  expandDims: straight((x) => tf.expandDims(x, 1)),
  gather: straight((x) => tf.gather(x, indices([1, 0, 1, 1]))),
  "gather, last axis": straight((x) => tf.gather(x, indices([2, 0, 2, 1]), 1)),
  "gather, matrix of indices": straight((x) => tf.gather(x, indices([1, 0, 1, 1], [2, 2]))),
  "gather in batches": straight((x) => tf.gather(x, indices([2, 0, 2, 1], [2, 2]), 1, 1)),
  "gather behind a batch": straight((x) =>
    tf.gather(tf.tile(tf.expandDims(x, 1), [1, 2, 1]), indices([2, 0, 2, 1], [2, 2]), 2, 1),
  ),
  mirrorPad: straight((x) =>
    tf.mirrorPad(
      x,
      [
        [1, 1],
        [0, 2],
      ],
      "reflect",
    ),
  ),
  "mirrorPad, symmetric": straight((x) =>
    tf.mirrorPad(
      x,
      [
        [2, 1],
        [0, 2],
      ],
      "symmetric",
    ),
  ),
  pad: straight((x) =>
    tf.pad(x, [
      [1, 1],
      [0, 2],
    ]),
  ),
  reshape: straight((x) => tf.reshape(x, [3, 2])),
  reverse: straight((x) => tf.reverse(x, 1)),
  slice: straight((x) => tf.slice(x, [0, 1], [2, 2])),
  split: straight((x) => tf.split(x, 3, 1)[1]!),
  stack: straight((x) => tf.stack([x, mixed(), x], 1)),
  tile: straight((x) => tf.tile(x, [2, 3])),
  transpose: straight((x) => tf.transpose(x)),
  unsortedSegmentSum: straight((x) => tf.unsortedSegmentSum(x, tf.tensor1d([2, 0], "int32"), 3)),
  unstack: straight((x) => tf.unstack(x, 1)[1]!),
  conv2d: straight((x) => tf.conv2d(image(x), tf.tensor4d([0.7, -1.3, 0.4, 1.1], [2, 2, 1, 1]), 1, "same")),
};
