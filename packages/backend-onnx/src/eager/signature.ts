import type { TensorInfo } from "@tensorflow/tfjs-core";
import { written } from "../graph/written.js";

/** What tells one session from another: the kernel, its inputs' shapes and types, and its attributes. */
export function signature(
  kernel: string,
  inputs: readonly (TensorInfo | undefined)[],
  attributes: object | undefined,
): string {
  let text = kernel;
  for (const input of inputs) text += input ? ` ${input.dtype}[${input.shape.join()}]` : " -";
  return attributes ? text + written(attributes) : text;
}
