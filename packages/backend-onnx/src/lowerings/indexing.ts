import { positive, sizeOf } from "../graph/shapes.js";
import { Unsupported } from "../graph/types.js";
import { attribute, demand, input, type Lowering, type Lowerings } from "./lowering.js";

/** Indices of any shape choose along an axis; with batch axes each batch has indices of its own. */
const gather: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "x");
  const indices = demand(input(inputs, "indices"), "int32");
  const axis = positive([attribute<number>(attributes, "axis")], x.shape.length)[0]!;
  const batches = attribute<number | undefined>(attributes, "batchDims") ?? 0;
  if (batches !== 0) throw new Unsupported("it has batch axes");
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return graph.node("Gather", [x, indices], { shape, dtype: x.dtype }, { axis: { int: axis } });
};

const gatherElements: Lowering = (graph, inputs) => {
  const x = input(inputs, "params");
  const indices = demand(input(inputs, "indices"), "int32");
  const depth = indices.shape.at(-1)!;
  const shape = [...indices.shape.slice(0, -1), ...x.shape.slice(depth)];
  return graph.node("GatherND", [x, graph.cast(indices, "int64")], { shape, dtype: x.dtype });
};

const addition = { reduction: { text: "add" } };

/** How many axes each index of a scatter names. */
export const scatterDepth = (shape: readonly number[]): number => (shape.length > 1 ? shape.at(-1)! : 1);

const scatter: Lowering = (graph, inputs, attributes) => {
  const indices = demand(input(inputs, "indices"), "int32");
  const updates = demand(input(inputs, "updates"), "float32", "int32");
  const shape = attribute<number[]>(attributes, "shape");
  const empty = graph.filled(0, shape, updates.dtype);
  const depth = scatterDepth(indices.shape);
  const count = sizeOf(indices.shape) / depth;
  const places = graph.cast(graph.reshape(indices, [count, depth]), "int64");
  return graph.node(
    "ScatterND",
    [empty, places, graph.reshape(updates, [count, ...shape.slice(depth)])],
    { shape, dtype: updates.dtype },
    addition,
  );
};

/** Sums rows by segment, the gradient of a gather: every identifier must be a segment's. */
const segmentSum: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32", "int32");
  const segments = demand(input(inputs, "segmentIds"), "int32");
  const shape = [attribute<number>(attributes, "numSegments"), ...x.shape.slice(1)];
  const places = graph.cast(graph.reshape(segments, [sizeOf(segments.shape), 1]), "int64");
  const empty = graph.filled(0, shape, x.dtype);
  return graph.node("ScatterND", [empty, places, x], { shape, dtype: x.dtype }, addition);
};

const largest: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32", "int32");
  const k = attribute<number>(attributes, "k");
  const shape = [...x.shape.slice(0, -1), k];
  const [values, places] = graph.outputs(
    "TopK",
    [x, graph.integers([k])],
    [
      { shape, dtype: x.dtype },
      { shape, dtype: "int64" },
    ],
  );
  return [values!, graph.cast(places!, "int32")];
};

export const indexing: Lowerings = {
  GatherNd: gatherElements,
  GatherV2: gather,
  ScatterNd: scatter,
  TopK: largest,
  UnsortedSegmentSum: segmentSum,
};
