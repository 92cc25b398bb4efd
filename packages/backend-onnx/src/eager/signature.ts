import type { TensorInfo } from "@tensorflow/tfjs-core";

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

/** Unlike JSON, tells infinities and NaN apart. */
function written(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  let text = "{";
  for (const [name, inner] of Object.entries(value)) text += `${name}:${written(inner)};`;
  return text + "}";
}
