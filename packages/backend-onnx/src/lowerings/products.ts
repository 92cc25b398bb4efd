import type { Graph } from "../graph/graph.js";
import { broadcast, sameShape, sizeOf } from "../graph/shapes.js";
import { Unsupported, type Attributes, type Value } from "../graph/types.js";
import { sigmoid } from "./elementwise.js";
import {
  attribute,
  demand,
  input,
  type AttributeValues,
  type Inputs,
  type Lowering,
  type Lowerings,
} from "./lowering.js";

/** A factor that all elements share is left to the product that takes them. */
function unscaled(value: Value): { readonly value: Value; readonly factor: number } {
  const node = value.node;
  if (node?.operator !== "Mul") return { value, factor: 1 };
  const [left, right] = node.inputs as [Value, Value];
  const plain = right.uniform !== undefined ? left : right;
  const factor = right.uniform ?? left.uniform;
  if (factor === undefined || !sameShape(plain.shape, value.shape)) return { value, factor: 1 };
  return { value: plain, factor };
}

/** Columns of a product from which transposing the left side beforehand is quicker than the operator's own way. */
const wide = 256;

/** aᵀ or a times bᵀ or b, of two axes each. */
export function product(
  graph: Graph,
  left: Value,
  right: Value,
  transposeA: boolean,
  transposeB: boolean,
): Value {
  const [a, b] = [unscaled(left), unscaled(right)];
  const shape = [left.shape[transposeA ? 1 : 0]!, right.shape[transposeB ? 0 : 1]!];
  const apart = transposeA && shape[1]! >= wide;
  const attributes = { ...flags(transposeA && !apart, transposeB), alpha: { float: a.factor * b.factor } };
  const first = apart ? graph.transpose(a.value, [1, 0]) : a.value;
  return graph.node("Gemm", [first, b.value], { shape, dtype: left.dtype }, attributes);
}

/** A product times a number: the operator's own factor. Undefined where the value is no product. */
export function scaled(graph: Graph, value: Value, factor: number): Value | undefined {
  const { node } = value;
  const alpha = node?.attributes["alpha"];
  // Leaky ReLU and others have an alpha too.
  const isProduct = node?.operator === "Gemm" || node?.operator === "FusedMatMul";
  if (!isProduct || !alpha || !("float" in alpha) || node.inputs.length > 2) return undefined;
  const attributes = { ...node.attributes, alpha: { float: alpha.float * factor } };
  return graph.node(node.operator, node.inputs, value, attributes, node.domain);
}

const flags = (transposeA: boolean, transposeB: boolean): Attributes => ({
  transA: { int: Number(transposeA) },
  transB: { int: Number(transposeB) },
});

const swapped = (graph: Graph, x: Value): Value => {
  const axes = x.shape.map((_, i) => i);
  return graph.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
};

/** Products of matrices in the last two axes, with the leading axes broadcast. */
function matrixProduct(graph: Graph, a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const rows = a.shape.at(transposeA ? -1 : -2)!;
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const shape = [...broadcast(outerA, outerB), rows, columns];
  if (sizeOf(outerA) === 1 && sizeOf(outerB) === 1) {
    const flat = [a, b].map((value) => graph.reshape(value, value.shape.slice(-2)));
    return graph.reshape(product(graph, flat[0]!, flat[1]!, transposeA, transposeB), shape);
  }
  if (graph.portable || !sameShape(outerA, outerB)) {
    const inputs = [transposeA ? swapped(graph, a) : a, transposeB ? swapped(graph, b) : b];
    return graph.node("MatMul", inputs, { shape, dtype: "float32" });
  }
  const [left, right] = [unscaled(a), unscaled(b)];
  const attributes = { ...flags(transposeA, transposeB), alpha: { float: left.factor * right.factor } };
  const inputs = [left.value, right.value];
  return graph.node("FusedMatMul", inputs, { shape, dtype: "float32" }, attributes, "com.microsoft");
}

function multiplied(graph: Graph, inputs: Inputs, attributes: AttributeValues): Value {
  const [a, b] = [demand(input(inputs, "a"), "float32"), demand(input(inputs, "b"), "float32")];
  const flag = (name: string): boolean => attribute<boolean>(attributes, name);
  return matrixProduct(graph, a, b, flag("transposeA"), flag("transposeB"));
}

/** What fused kernels may apply at their end. */
export function activated(graph: Graph, x: Value, inputs: Inputs, attributes: AttributeValues): Value {
  const name = attribute<string | null | undefined>(attributes, "activation") ?? "linear";
  if (name === "linear") return x;
  if (name === "relu") return graph.elementwise("Relu", [x]);
  if (name === "relu6")
    return graph.elementwise("Min", [graph.elementwise("Relu", [x]), graph.scalar(6, "float32")]);
  if (name === "sigmoid") return sigmoid(graph, x);
  if (name === "elu") return graph.elementwise("Elu", [x]);
  const zero = graph.scalar(0, "float32");
  const below = graph.elementwise("Less", [x, zero], "bool");
  const slope =
    name === "leakyrelu"
      ? graph.scalar(attribute<number | undefined>(attributes, "leakyreluAlpha") ?? 0.2, "float32")
      : name === "prelu"
        ? input(inputs, "preluActivationWeights")
        : undefined;
  if (!slope) throw new Unsupported(`its activation is ${name}`);
  return graph.elementwise("Where", [below, graph.elementwise("Mul", [x, slope]), x], "float32");
}

const fused: Lowering = (graph, inputs, attributes) => {
  const result = multiplied(graph, inputs, attributes);
  const bias = inputs["bias"];
  const shifted = bias ? graph.elementwise("Add", [result, bias]) : result;
  return activated(graph, shifted, inputs, attributes);
};

const einsum: Lowering = (graph, inputs, attributes) => {
  const values = Object.values(inputs);
  for (const value of values) demand(value, "float32");
  const equation = attribute<string>(attributes, "equation").replaceAll(/\s/g, "");
  const [, terms, result] = /^([a-zA-Z]*(?:,[a-zA-Z]*)?)->([a-zA-Z]*)$/.exec(equation) ?? [];
  if (terms === undefined || result === undefined) throw new Unsupported(equation);
  const sizes = new Map<string, number>();
  const letters = terms.split(",");
  if (letters.length !== values.length) throw new Unsupported(equation);
  letters.forEach((term, i) => {
    const shape = values[i]!.shape;
    if (term.length !== shape.length || new Set(term).size !== term.length) throw new Unsupported(equation);
    Array.from(term).forEach((letter, axis) => {
      if ((sizes.get(letter) ?? shape[axis]) !== shape[axis]) throw new Unsupported(equation);
      sizes.set(letter, shape[axis]!);
    });
  });
  if (!Array.from(result).every((letter) => sizes.has(letter))) throw new Unsupported(equation);
  const shape = Array.from(result, (letter) => sizes.get(letter)!);
  return graph.node("Einsum", values, { shape, dtype: "float32" }, { equation: { text: equation } });
};

export const products: Lowerings = { BatchMatMul: multiplied, Einsum: einsum, _FusedMatMul: fused };
