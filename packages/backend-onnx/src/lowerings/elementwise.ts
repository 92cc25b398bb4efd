import type { Graph } from "../graph/graph.js";
import type { Attributes, Value } from "../graph/types.js";
import { oneHots } from "./one-hot.js";
import { attribute, demand, input, type Lowering, type Lowerings } from "./lowering.js";

const float = (operator: string, attributes: Attributes = {}): Lowering => {
  return (graph, inputs) =>
    graph.elementwise(operator, [demand(input(inputs, "x"), "float32")], "float32", attributes);
};

const number = (operator: string): Lowering => {
  return (graph, inputs) => graph.elementwise(operator, [demand(input(inputs, "x"), "float32", "int32")]);
};

/** What is the same for all: one float32 element. */
const constant = (graph: Graph, value: number): Value => graph.scalar(value, "float32");

export const sigmoid = (graph: Graph, x: Value): Value => graph.elementwise("Sigmoid", [x]);

/** relu(x) + log(1 + exp(-|x|)): never overflows, and ONNX Runtime's own Softplus is five times slower. */
function softplus(graph: Graph, x: Value): Value {
  const tail = graph.elementwise("Exp", [graph.elementwise("Neg", [graph.elementwise("Abs", [x])])]);
  const log = graph.elementwise("Log", [graph.elementwise("Add", [tail, constant(graph, 1)])]);
  return graph.elementwise("Add", [graph.elementwise("Relu", [x]), log]);
}

/** 2t / (1 - t) with t = tanh(x/2) near 0, where exp(x) - 1 cancels. */
const expm1: Lowering = (graph, inputs) => {
  const x = demand(input(inputs, "x"), "float32");
  const one = constant(graph, 1);
  const half = graph.elementwise("Tanh", [graph.elementwise("Mul", [x, constant(graph, 0.5)])]);
  const doubled = graph.elementwise("Add", [half, half]);
  const near = graph.elementwise("Div", [doubled, graph.elementwise("Sub", [one, half])]);
  const far = graph.elementwise("Sub", [graph.elementwise("Exp", [x]), one]);
  const isNear = graph.elementwise("Less", [graph.elementwise("Abs", [x]), one], "bool");
  return graph.elementwise("Where", [isNear, near, far], "float32");
};

/** log(u) x / (u - 1) with u = 1 + x as rounded; x itself where u is 1 (Kahan's correction). */
const log1p: Lowering = (graph, inputs) => {
  const x = demand(input(inputs, "x"), "float32");
  const one = constant(graph, 1);
  const u = graph.elementwise("Add", [x, one]);
  const rounded = graph.elementwise("Sub", [u, one]);
  const log = graph.elementwise("Log", [u]);
  const corrected = graph.elementwise("Div", [graph.elementwise("Mul", [log, x]), rounded]);
  const finite = graph.elementwise("Less", [x, constant(graph, 1e9)], "bool");
  const small = graph.elementwise("Equal", [u, one], "bool");
  const value = graph.elementwise("Where", [finite, corrected, log], "float32");
  return graph.elementwise("Where", [small, x, value], "float32");
};

/** 1 above 0, `alpha` elsewhere, NaN at NaN. In a graph of many kernels what else is made of x is NaN there. */
const step: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32");
  const alpha = attribute<number | undefined>(attributes, "alpha") ?? 0;
  const above = graph.elementwise("Greater", [x, constant(graph, 0)], "bool");
  const value =
    alpha === 0
      ? graph.cast(above, "float32")
      : graph.elementwise("Where", [above, constant(graph, 1), constant(graph, alpha)], "float32");
  if (!graph.keepsNaN) return value;
  return graph.elementwise("Where", [graph.elementwise("IsNaN", [x], "bool"), x, value], "float32");
};

const clip: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32");
  const least = constant(graph, attribute<number>(attributes, "clipValueMin"));
  const most = constant(graph, attribute<number>(attributes, "clipValueMax"));
  return graph.elementwise("Min", [graph.elementwise("Max", [x, least]), most]);
};

const relu6: Lowering = (graph, inputs) => {
  const x = demand(input(inputs, "x"), "float32");
  return graph.elementwise("Min", [graph.elementwise("Relu", [x]), constant(graph, 6)]);
};

const leakyRelu: Lowering = (graph, inputs, attributes) =>
  graph.elementwise("LeakyRelu", [demand(input(inputs, "x"), "float32")], "float32", {
    alpha: { float: attribute<number>(attributes, "alpha") },
  });

/** dy where y ≥ 0, else dy (y + 1). */
const eluGradient: Lowering = (graph, inputs) => {
  const [dy, y] = [demand(input(inputs, "dy"), "float32"), demand(input(inputs, "y"), "float32")];
  const slope = graph.elementwise("Add", [y, constant(graph, 1)]);
  const above = graph.elementwise("GreaterOrEqual", [y, constant(graph, 0)], "bool");
  return graph.elementwise("Where", [above, dy, graph.elementwise("Mul", [dy, slope])], "float32");
};

const prelu: Lowering = (graph, inputs) => {
  const [x, slope] = [demand(input(inputs, "x"), "float32"), demand(input(inputs, "alpha"), "float32")];
  const below = graph.elementwise("Mul", [x, slope]);
  return graph.elementwise(
    "Where",
    [graph.elementwise("Less", [x, constant(graph, 0)], "bool"), below, x],
    "float32",
  );
};

/** 0 at NaN, which the operator of that name keeps. */
const sign: Lowering = (graph, inputs) => {
  const x = demand(input(inputs, "x"), "float32");
  const zero = constant(graph, 0);
  const parts = ["Greater", "Less"].map((operator) =>
    graph.cast(graph.elementwise(operator, [x, zero], "bool"), "float32"),
  );
  return graph.elementwise("Sub", parts);
};

const rsqrt: Lowering = (graph, inputs) => {
  const x = demand(input(inputs, "x"), "float32");
  return graph.elementwise("Reciprocal", [graph.elementwise("Sqrt", [x])]);
};

const square: Lowering = (graph, inputs) => {
  const x = demand(input(inputs, "x"), "float32", "int32");
  return graph.elementwise("Mul", [x, x]);
};

const isFinite: Lowering = (graph, inputs) => {
  const x = demand(input(inputs, "x"), "float32");
  const difference = graph.elementwise("Sub", [x, x]);
  return graph.elementwise("Equal", [difference, constant(graph, 0)], "bool");
};

const test =
  (operator: string): Lowering =>
  (graph, inputs) =>
    graph.elementwise(operator, [demand(input(inputs, "x"), "float32")], "bool");

const cast: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "x");
  const dtype = attribute<string>(attributes, "dtype");
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") return demand(x);
  const result = graph.cast(x, dtype);
  const hot = oneHots.get(x);
  if (hot) oneHots.set(result, hot);
  return result;
};

export const elementwise: Lowerings = {
  Abs: number("Abs"),
  Acos: float("Acos"),
  Acosh: float("Acosh"),
  Asin: float("Asin"),
  Asinh: float("Asinh"),
  Atan: float("Atan"),
  Atanh: float("Atanh"),
  Cast: cast,
  Ceil: float("Ceil"),
  ClipByValue: clip,
  Cos: float("Cos"),
  Cosh: float("Cosh"),
  Elu: float("Elu", { alpha: { float: 1 } }),
  EluGrad: eluGradient,
  Erf: float("Erf"),
  Exp: float("Exp"),
  Expm1: expm1,
  Floor: float("Floor"),
  IsFinite: isFinite,
  IsInf: test("IsInf"),
  IsNan: test("IsNaN"),
  LeakyRelu: leakyRelu,
  Log: float("Log"),
  Log1p: log1p,
  LogicalNot: (graph, inputs) => graph.elementwise("Not", [demand(input(inputs, "x"), "bool")], "bool"),
  Neg: number("Neg"),
  Prelu: prelu,
  Reciprocal: float("Reciprocal"),
  Relu: float("Relu"),
  Relu6: relu6,
  Round: float("Round"),
  Rsqrt: rsqrt,
  // The constants of self-normalizing networks (Klambauer et al., 2017).
  Selu: float("Selu", {
    alpha: { float: 1.6732632423543772 },
    gamma: { float: 1.0507009873554805 },
  }),
  Sigmoid: float("Sigmoid"),
  Sign: sign,
  Sin: float("Sin"),
  Sinh: float("Sinh"),
  Softplus: (graph, inputs) => softplus(graph, demand(input(inputs, "x"), "float32")),
  Sqrt: float("Sqrt"),
  Square: square,
  Step: step,
  Tan: float("Tan"),
  Tanh: float("Tanh"),
};
