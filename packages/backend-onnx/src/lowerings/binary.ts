import type { Graph } from "../graph/graph.js";
import { broadcast, sameShape } from "../graph/shapes.js";
import type { Value } from "../graph/types.js";
import { biased } from "./conv-node.js";
import { scaled } from "./products.js";
import { oneHots } from "./one-hot.js";
import { demand, input, type Inputs, type Lowering, type Lowerings } from "./lowering.js";

const operands = (inputs: Inputs): [Value, Value] => [input(inputs, "a"), input(inputs, "b")];

const numbers = (inputs: Inputs): [Value, Value] => {
  const [a, b] = operands(inputs);
  return [demand(a, "float32", "int32"), demand(b, a.dtype)];
};

const floats = (inputs: Inputs): [Value, Value] => {
  const [a, b] = operands(inputs);
  return [demand(a, "float32"), demand(b, "float32")];
};

const arithmetic =
  (operator: string): Lowering =>
  (graph, inputs) =>
    graph.elementwise(operator, numbers(inputs));

/** An operand that changes nothing leaves the other, repeated where it is smaller. */
function unless(graph: Graph, neutral: number, value: Value, other: Value): Value | undefined {
  if (other.uniform !== neutral) return undefined;
  return graph.repeated(value, broadcast(value.shape, other.shape));
}

const multiply: Lowering = (graph, inputs) => {
  const [a, b] = numbers(inputs);
  return (
    unless(graph, 1, a, b) ??
    unless(graph, 1, b, a) ??
    scaledProduct(graph, a, b) ??
    scaledProduct(graph, b, a) ??
    gated(graph, a, b) ??
    gated(graph, b, a) ??
    graph.elementwise("Mul", [a, b])
  );
};

/** A product times the same number everywhere. */
function scaledProduct(graph: Graph, value: Value, factor: Value): Value | undefined {
  if (factor.uniform === undefined || !sameShape(value.shape, broadcast(value.shape, factor.shape)))
    return undefined;
  // Products reach here through the reshape that restores their leading axes.
  const inner = value.node?.operator === "Reshape" ? value.node.inputs[0]! : value;
  const result = scaled(graph, inner, factor.uniform);
  return result && graph.reshape(result, value.shape);
}

/** x σ(x) has an operator of its own. */
function gated(graph: Graph, value: Value, gate: Value): Value | undefined {
  if (graph.portable || gate.node?.operator !== "Sigmoid" || gate.node.inputs[0] !== value) return undefined;
  return graph.node("QuickGelu", [value], value, { alpha: { float: 1 } }, "com.microsoft");
}

const divide: Lowering = (graph, inputs) => {
  const [a, b] = floats(inputs);
  return unless(graph, 1, a, b) ?? graph.elementwise("Div", [a, b]);
};

/** A bias on a matrix product is part of the product's own operator. */
function withBias(graph: Graph, product: Value, bias: Value): Value | undefined {
  const node = product.node;
  if (node?.operator !== "Gemm" || node.inputs.length !== 2 || product.dtype !== "float32") return undefined;
  const width = product.shape[1]!;
  const fits = sameShape(bias.shape, [width]) || sameShape(bias.shape, [1, width]);
  if (!fits || bias.uniform !== undefined) return undefined;
  return graph.node("Gemm", [...node.inputs, bias], product, node.attributes);
}

const add: Lowering = (graph, inputs) => {
  const [a, b] = numbers(inputs);
  return (
    unless(graph, 0, a, b) ??
    unless(graph, 0, b, a) ??
    withBias(graph, a, b) ??
    withBias(graph, b, a) ??
    biased(graph, a, b) ??
    biased(graph, b, a) ??
    graph.elementwise("Add", [a, b])
  );
};

const subtract: Lowering = (graph, inputs) => {
  const [a, b] = numbers(inputs);
  return unless(graph, 0, a, b) ?? withoutOneHot(graph, a, b) ?? graph.elementwise("Sub", [a, b]);
};

/** Minus a one-hot table: 1 less at each index, nothing less for one that is out of range. */
function withoutOneHot(graph: Graph, value: Value, table: Value): Value | undefined {
  const hot = oneHots.get(table);
  if (!hot || !sameShape(value.shape, table.shape) || value.dtype !== "float32") return undefined;
  const { indices } = hot;
  const last = graph.scalar(value.shape.at(-1)! - 1, indices.dtype);
  const nearest = graph.elementwise("Max", [
    graph.elementwise("Min", [indices, last]),
    graph.scalar(0, indices.dtype),
  ]);
  const isWithin = graph.elementwise("Equal", [indices, nearest], "bool");
  const less = graph.elementwise("Neg", [graph.cast(isWithin, "float32")]);
  const attributes = { axis: { int: value.shape.length - 1 }, reduction: { text: "add" } };
  return graph.node("ScatterElements", [value, nearest, less], value, attributes);
}

const squaredDifference: Lowering = (graph, inputs) => {
  const difference = graph.elementwise("Sub", numbers(inputs));
  return graph.elementwise("Mul", [difference, difference]);
};

/** In float64, where every quotient of int32 is exact enough to round down. */
const floorDivide: Lowering = (graph, inputs) => {
  const [a, b] = numbers(inputs);
  const wide = [a, b].map((value) => (a.dtype === "int32" ? graph.cast(value, "float64") : value));
  return graph.cast(graph.elementwise("Floor", [graph.elementwise("Div", wide)]), a.dtype);
};

/** The remainder with the divisor's sign. */
const modulo: Lowering = (graph, inputs) => {
  const [a, b] = floats(inputs);
  const remainder = { fmod: { int: 1 } };
  const rest = graph.elementwise("Mod", [a, b], "float32", remainder);
  const shifted = graph.elementwise("Mod", [graph.elementwise("Add", [rest, b]), b], "float32", remainder);
  const zero = graph.scalar(0, "float32");
  const signs = [a, b].map((value) => graph.elementwise("Less", [value, zero], "bool"));
  return graph.elementwise("Where", [graph.elementwise("Equal", signs, "bool"), rest, shifted], "float32");
};

/** Two booleans are compared as numbers. */
const comparable = (graph: Graph, inputs: Inputs): [Value, Value] => {
  const [a, b] = operands(inputs);
  demand(a, "float32", "int32", "bool");
  demand(b, a.dtype);
  return a.dtype === "bool" ? [graph.cast(a, "int32"), graph.cast(b, "int32")] : [a, b];
};

const compare =
  (operator: string): Lowering =>
  (graph, inputs) =>
    graph.elementwise(operator, comparable(graph, inputs), "bool");

const logical =
  (operator: string): Lowering =>
  (graph, inputs) => {
    const [a, b] = operands(inputs);
    return graph.elementwise(operator, [demand(a, "bool"), demand(b, "bool")], "bool");
  };

/** A condition of one axis chooses among the rows. */
const select: Lowering = (graph, inputs) => {
  const condition = demand(input(inputs, "condition"), "bool");
  const [then, otherwise] = [input(inputs, "t"), input(inputs, "e")];
  demand(otherwise, then.dtype);
  const rank = then.shape.length;
  const rows = condition.shape.length === 1 && rank > 1;
  const chosen = rows
    ? graph.reshape(condition, [...condition.shape, ...new Array<number>(rank - 1).fill(1)])
    : condition;
  return graph.elementwise("Where", [chosen, then, otherwise], then.dtype);
};

const addAll: Lowering = (graph, inputs) => {
  const values = Object.values(inputs);
  for (const value of values) demand(value, "float32");
  return values.reduce((sum, value) => graph.elementwise("Add", [sum, value]));
};

export const binary: Lowerings = {
  Add: add,
  AddN: addAll,
  Equal: compare("Equal"),
  FloorDiv: floorDivide,
  Greater: compare("Greater"),
  GreaterEqual: compare("GreaterOrEqual"),
  Less: compare("Less"),
  LessEqual: compare("LessOrEqual"),
  LogicalAnd: logical("And"),
  LogicalOr: logical("Or"),
  Maximum: arithmetic("Max"),
  Minimum: arithmetic("Min"),
  Mod: modulo,
  Multiply: multiply,
  NotEqual: (graph, inputs) =>
    graph.elementwise("Not", [graph.elementwise("Equal", comparable(graph, inputs), "bool")], "bool"),
  Pow: (graph, inputs) => graph.elementwise("Pow", floats(inputs)),
  RealDiv: divide,
  Select: select,
  SquaredDifference: squaredDifference,
  Sub: subtract,
};
