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

/** What ONNX Runtime would fail at with a message of its own: such calls are left to the cpu kernel. */
export const guards: Readonly<Record<string, Guard>> = {
  GatherV2: ({ x }, attributes, elements) => {
    const axis = Number(attributes["axis"]);
    return within(elements("indices"), x!.shape.at(axis)!);
  },
  GatherNd: ({ params, indices }, _, elements) =>
    withinAxes(elements("indices"), indices!.shape.at(-1)!, params!.shape),
  ScatterNd: ({ indices }, attributes, elements) =>
    withinAxes(elements("indices"), scatterDepth(indices!.shape), attributes["shape"] as number[]),
  UnsortedSegmentSum: (_, attributes, elements) =>
    within(elements("segmentIds"), Number(attributes["numSegments"])),
};
