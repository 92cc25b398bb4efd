import type { Graph } from "../graph/graph.js";
import type { Value } from "../graph/types.js";
import { attribute, demand, input, type AttributeValues, type Lowering, type Lowerings } from "./lowering.js";
import { take } from "./structure.js";

interface Sampling {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

const samplingOf = (attributes: AttributeValues): Sampling => ({
  alignCorners: attribute<boolean>(attributes, "alignCorners"),
  halfPixelCenters: attribute<boolean | undefined>(attributes, "halfPixelCenters") ?? false,
});

const scaleOf = (from: number, to: number, { alignCorners }: Sampling): number =>
  alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;

/** The pixel that each new pixel copies (TensorFlow's ResizeNearestNeighbor). */
function nearest(from: number, to: number, sampling: Sampling): number[] {
  const scale = scaleOf(from, to, sampling);
  return Array.from({ length: to }, (_, i) => {
    const place = sampling.halfPixelCenters ? scale * (i + 0.5) : scale * i;
    const pixel = sampling.alignCorners ? Math.round(place) : Math.floor(place);
    return Math.max(0, Math.min(from - 1, pixel));
  });
}

/** [to, from]: how much of each pixel a new one takes (TensorFlow's ResizeBilinear). */
function linear(from: number, to: number, sampling: Sampling): Float32Array {
  const scale = scaleOf(from, to, sampling);
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const place = sampling.halfPixelCenters ? scale * (i + 0.5) - 0.5 : scale * i;
    const low = Math.max(0, Math.floor(place));
    const high = Math.min(from - 1, Math.ceil(place));
    const part = place - low;
    weights[i * from + low]! += 1 - part;
    weights[i * from + high]! += part;
  }
  return weights;
}

const copying = (from: number, to: number, sampling: Sampling): Float32Array => {
  const weights = new Float32Array(to * from);
  nearest(from, to, sampling).forEach((pixel, i) => (weights[i * from + pixel] = 1));
  return weights;
};

/** Rows, then columns, mixed by a matrix each; transposed, the gradient. x: [count, height, width, channels]. */
function mixed(graph: Graph, x: Value, rows: Value, columns: Value): Value {
  const [count, height, width, channels] = x.shape as [number, number, number, number];
  const [newHeight, newWidth] = [rows.shape[0]!, columns.shape[0]!];
  const tall = graph.node("MatMul", [rows, graph.reshape(x, [count, height, width * channels])], {
    shape: [count, newHeight, width * channels],
    dtype: "float32",
  });
  const wide = graph.node("MatMul", [columns, graph.reshape(tall, [count * newHeight, width, channels])], {
    shape: [count * newHeight, newWidth, channels],
    dtype: "float32",
  });
  return graph.reshape(wide, [count, newHeight, newWidth, channels]);
}

type Weights = typeof linear;

const resized =
  (weights: Weights): Lowering =>
  (graph, inputs, attributes) => {
    const x = demand(input(inputs, "images"), "float32");
    const sampling = samplingOf(attributes);
    const size = attribute<[number, number]>(attributes, "size");
    const matrices = size.map((to, i) => {
      const from = x.shape[i + 1]!;
      return graph.constant(weights(from, to, sampling), [to, from], "float32");
    });
    return mixed(graph, x, matrices[0]!, matrices[1]!);
  };

const gradient =
  (weights: Weights): Lowering =>
  (graph, inputs, attributes) => {
    const [x, dy] = [demand(input(inputs, "images"), "float32"), demand(input(inputs, "dy"), "float32")];
    const sampling = samplingOf(attributes);
    const matrices = [1, 2].map((axis) => {
      const [from, to] = [x.shape[axis]!, dy.shape[axis]!];
      const matrix = graph.constant(weights(from, to, sampling), [to, from], "float32");
      return graph.transpose(matrix, [1, 0]);
    });
    return mixed(graph, dy, matrices[0]!, matrices[1]!);
  };

const nearestNeighbour: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "images"), "float32");
  const sampling = samplingOf(attributes);
  const size = attribute<[number, number]>(attributes, "size");
  return size.reduce((value, to, i) => take(graph, value, nearest(x.shape[i + 1]!, to, sampling), i + 1), x);
};

export const resizing: Lowerings = {
  ResizeBilinear: resized(linear),
  ResizeBilinearGrad: gradient(linear),
  ResizeNearestNeighbor: nearestNeighbour,
  ResizeNearestNeighborGrad: gradient(copying),
};
