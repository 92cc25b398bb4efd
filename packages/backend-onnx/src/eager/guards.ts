import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Numbers } from "../graph/types.js";
import { scatterDepth } from "../lowerings/indexing.js";

type Elements = (name: string) => Numbers;
type Guard = (
  inputs: Readonly<Record<string, TensorInfo>>,
  attributes: Readonly<Record<string, unknown>>,
  elements: Elements,
) => boolean;

const within = (indices: Numbers, size: number): boolean => {
  for (const index of indices) if (index < 0 || index >= size) return false;
  return true;
};

/** Each column of indices within its axis. */
const withinAxes = (indices: Numbers, depth: number, shape: readonly number[]): boolean => {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index < 0 || index >= shape[i % depth]!) return false;
  }
  return true;
};

const hasNoNaN: Guard = (inputs, _, elements) => {
  const [[name, { dtype }]] = Object.entries(inputs) as [[string, TensorInfo]];
  return dtype !== "float32" || !elements(name).includes(NaN as never);
};

/** Numbers that int32 can hold: what others become is not defined. */
const fitInt32: Guard = ({ x }, { dtype }, elements) =>
  dtype !== "int32" ||
  x!.dtype !== "float32" ||
  (elements("x") as Float32Array).every((value) => value > -(2 ** 31) - 1 && value < 2 ** 31);

/**
 * Calls that are left to the cpu kernel: what ONNX Runtime would fail at with a message of its own, what it leaves
 * undefined, and extremes of what is not a number, which it drops.
 */
export const guards: Readonly<Record<string, Guard>> = {
  ArgMax: hasNoNaN,
  ArgMin: hasNoNaN,
  Cast: fitInt32,
  FloorDiv: ({ b }, _, elements) => b!.dtype !== "int32" || !(elements("b") as Int32Array).includes(0),
  GatherV2: ({ x }, attributes, elements) => {
    const axis = Number(attributes["axis"]);
    return within(elements("indices"), x!.shape.at(axis)!);
  },
  GatherNd: ({ params, indices }, _, elements) =>
    withinAxes(elements("indices"), indices!.shape.at(-1)!, params!.shape),
  Max: hasNoNaN,
  MaxPool: hasNoNaN,
  Min: hasNoNaN,
  ScatterNd: ({ indices }, attributes, elements) =>
    withinAxes(elements("indices"), scatterDepth(indices!.shape), attributes["shape"] as number[]),
  TopK: hasNoNaN,
  UnsortedSegmentSum: (_, attributes, elements) =>
    within(elements("segmentIds"), Number(attributes["numSegments"])),
};
