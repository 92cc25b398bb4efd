import type { Graph } from "../graph/graph.js";
import { positive } from "../graph/shapes.js";
import type { ElementType, Value } from "../graph/types.js";
import { attribute, demand, input, type AttributeValues, type Lowering, type Lowerings } from "./lowering.js";

/** The axes that are reduced: all, when none is named. */
function axesOf(x: Value, attributes: AttributeValues): number[] {
  const axis = attribute<number | readonly number[] | null | undefined>(attributes, "axis");
  const all = x.shape.map((_, i) => i);
  if (axis === undefined || axis === null) return all;
  return positive(typeof axis === "number" ? [axis] : axis, x.shape.length);
}

/** An operator that folds axes, as ONNX writes those of opset 18. */
export function reduce(
  graph: Graph,
  operator: string,
  x: Value,
  axes: readonly number[],
  keep: boolean,
): Value {
  const shape = keep
    ? x.shape.map((size, i) => (axes.includes(i) ? 1 : size))
    : x.shape.filter((_, i) => !axes.includes(i));
  if (axes.length === 0) return x;
  return graph.node(
    operator,
    [x, graph.integers(axes)],
    { shape, dtype: x.dtype },
    { keepdims: { int: Number(keep) } },
  );
}

const keepsAxes = (attributes: AttributeValues): boolean =>
  attribute<boolean | undefined>(attributes, "keepDims") ?? false;

const fold =
  (operator: string, ...types: readonly ElementType[]): Lowering =>
  (graph, inputs, attributes) => {
    const x = demand(input(inputs, "x"), ...types);
    return reduce(graph, operator, x, axesOf(x, attributes), keepsAxes(attributes));
  };

const sum: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "x");
  const numbers = x.dtype === "bool" ? graph.cast(x, "int32") : demand(x, "float32", "int32");
  const axes = axesOf(x, attributes);
  const keep = keepsAxes(attributes);
  const product = keep ? undefined : overRows(graph, numbers, axes);
  return product ?? reduce(graph, "ReduceSum", numbers, axes, keep);
};

/** Rows from which the reduction is as quick as the product. */
const manyRows = 2048;

/** The sum of a matrix' rows, a bias's gradient, as a product with ones: quicker than ONNX Runtime's reduction. */
function overRows(graph: Graph, x: Value, axes: readonly number[]): Value | undefined {
  const [rows, columns] = x.shape;
  if (x.shape.length !== 2 || axes.length !== 1 || axes[0] !== 0 || x.dtype !== "float32") return undefined;
  if (rows! < 16 || rows! > manyRows || columns! < 16) return undefined;
  const ones = graph.whole(graph.filled(1, [1, rows!], "float32"));
  return graph.reshape(graph.node("Gemm", [ones, x], { shape: [1, columns!], dtype: "float32" }), [columns!]);
}

const mean: Lowering = (graph, inputs, attributes) => {
  const x = graph.cast(demand(input(inputs, "x"), "float32", "int32", "bool"), "float32");
  return reduce(graph, "ReduceMean", x, axesOf(x, attributes), keepsAxes(attributes));
};

const truth =
  (operator: string): Lowering =>
  (graph, inputs, attributes) => {
    const x = graph.cast(demand(input(inputs, "x"), "bool"), "int32");
    return graph.cast(reduce(graph, operator, x, axesOf(x, attributes), keepsAxes(attributes)), "bool");
  };

const extremeIndex =
  (operator: string): Lowering =>
  (graph, inputs, attributes) => {
    const x = demand(input(inputs, "x"), "float32", "int32");
    const axis = axesOf(x, attributes)[0] ?? 0;
    const shape = x.shape.filter((_, i) => i !== axis);
    const attributesOfNode = { axis: { int: axis }, keepdims: { int: 0 } };
    return graph.cast(graph.node(operator, [x], { shape, dtype: "int64" }, attributesOfNode), "int32");
  };

const cumulativeSum: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32", "int32");
  const axis = positive([attribute<number>(attributes, "axis")], x.shape.length)[0]!;
  return graph.node(
    "CumSum",
    [x, graph.reshape(graph.integers([axis]), [])],
    { shape: x.shape, dtype: x.dtype },
    {
      exclusive: { int: Number(attribute<boolean>(attributes, "exclusive")) },
      reverse: { int: Number(attribute<boolean>(attributes, "reverse")) },
    },
  );
};

const normalised =
  (operator: string, argument: string, axisName: string): Lowering =>
  (graph, inputs, attributes) => {
    const x = demand(input(inputs, argument), "float32");
    const given = attribute<number | undefined>(attributes, axisName) ?? -1;
    const axis = positive([given], x.shape.length)[0]!;
    return graph.node(operator, [x], { shape: x.shape, dtype: "float32" }, { axis: { int: axis } });
  };

export const reductions: Lowerings = {
  All: truth("ReduceMin"),
  Any: truth("ReduceMax"),
  ArgMax: extremeIndex("ArgMax"),
  ArgMin: extremeIndex("ArgMin"),
  Cumsum: cumulativeSum,
  LogSoftmax: normalised("LogSoftmax", "logits", "axis"),
  Max: (graph, inputs, attributes) => {
    const x = demand(input(inputs, "x"), "float32", "int32");
    const axes = attribute<number | number[] | undefined>(attributes, "reductionIndices");
    return reduce(
      graph,
      "ReduceMax",
      x,
      axesOf(x, axes === undefined ? attributes : { axis: axes }),
      keepsAxes(attributes),
    );
  },
  Mean: mean,
  Min: fold("ReduceMin", "float32", "int32"),
  Prod: fold("ReduceProd", "float32", "int32"),
  Softmax: normalised("Softmax", "logits", "dim"),
  Sum: sum,
};
