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

/**
 * Kernels beyond those of TensorFlow.js, for libraries that look for them by name:
 * Gelu {x}, LayerNormalization {x, scale, shift}; they have no registered gradients.
 */
export const composites: Lowerings = { Gelu: gelu, LayerNormalization: layerNormalization };
