import { Unsupported } from "../graph/types.js";
import { attribute, demand, input, type Lowering, type Lowerings } from "./lowering.js";

/** `approximate`: "none" for x Φ(x), "tanh" for its usual approximation. */
const gelu: Lowering = (graph, inputs, attributes) =>
  graph.elementwise("Gelu", [demand(input(inputs, "x"), "float32")], "float32", {
    approximate: { text: attribute<"none" | "tanh">(attributes, "approximate") },
  });

/** Over the last axis, with a scale and a shift of its size. */
const layerNormalization: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32");
  const [scale, shift] = [input(inputs, "scale"), input(inputs, "shift")];
  if (scale.shape.length !== 1 || shift.shape.length !== 1)
    throw new Unsupported("its scale has several axes");
  return graph.node("LayerNormalization", [x, scale, shift], x, {
    axis: { int: x.shape.length - 1 },
    epsilon: { float: attribute<number>(attributes, "epsilon") },
  });
};

/** (x - mean) scale / √(variance + ε) + offset, each of the last axis's size or of the shape of x. */
const batchNormalization: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32");
  const epsilon = graph.scalar(attribute<number>(attributes, "varianceEpsilon"), "float32");
  const deviation = graph.elementwise("Sqrt", [
    graph.elementwise("Add", [input(inputs, "variance"), epsilon]),
  ]);
  const ones = graph.filled(1, [1], "float32");
  const factor = graph.elementwise("Div", [inputs["scale"] ?? ones, deviation]);
  const centred = graph.elementwise("Sub", [x, input(inputs, "mean")]);
  const result = graph.elementwise("Mul", [centred, factor]);
  return inputs["offset"] ? graph.elementwise("Add", [result, inputs["offset"]]) : result;
};

/**
 * Normalisations, and kernels beyond those of TensorFlow.js for libraries that look for them by name:
 * Gelu {x}, LayerNormalization {x, scale, shift}; they have no registered gradients.
 */
export const composites: Lowerings = {
  FusedBatchNorm: batchNormalization,
  Gelu: gelu,
  LayerNormalization: layerNormalization,
};
