import type { Graph } from "../graph/graph.js";
import { Unsupported, type ElementType, type Value } from "../graph/types.js";

export type AttributeValues = Readonly<Record<string, unknown>>;

/** The inputs of a kernel by name, or in a row where it takes any number (Concat, Pack, AddN). */
export type Inputs = Readonly<Record<string, Value>>;

/** Writes what a kernel of TensorFlow.js computes as nodes of a graph. Throws `Unsupported` where it can't. */
export type Lowering = (
  graph: Graph,
  inputs: Inputs,
  attributes: AttributeValues,
) => Value | readonly Value[];

export type Lowerings = Readonly<Record<string, Lowering>>;

/** An input that the kernel can't do without. */
export function input(inputs: Inputs, name: string): Value {
  const value = inputs[name];
  if (!value) throw new Unsupported(`its input ${name} is missing`);
  return value;
}

/** An attribute, of the type that TensorFlow.js declares for it. */
export const attribute = <T>(attributes: AttributeValues, name: string): T => attributes[name] as T;

/** Refuses element types that the operator, or TensorFlow.js' meaning of it, does not cover. */
export function demand(value: Value, ...types: readonly ElementType[]): Value {
  if (types.includes(value.dtype)) return value;
  throw new Unsupported(`its input is ${value.dtype}`);
}
