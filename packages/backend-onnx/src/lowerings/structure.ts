import { backend_util, slice_util, util } from "@tensorflow/tfjs-core";
import type { Graph } from "../graph/graph.js";
import { positive, sizeOf } from "../graph/shapes.js";
import { Unsupported, type ElementType, type Value } from "../graph/types.js";
import { oneHots } from "./one-hot.js";
import { attribute, demand, input, type Lowering, type Lowerings } from "./lowering.js";

const wholeAxis = Number.MAX_SAFE_INTEGER;

/** Elements from `begin` to before `end` by `strides`, on every axis. */
export function slice(
  graph: Graph,
  x: Value,
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
): Value {
  const shape = x.shape.map((_, i) => Math.max(0, Math.ceil((end[i]! - begin[i]!) / strides[i]!)));
  if (shape.every((axis, i) => axis === x.shape[i] && strides[i] === 1)) return x;
  if (x.uniform !== undefined) return graph.filled(x.uniform, shape, x.dtype);
  const axes = x.shape.map((_, i) => i);
  // A negative end would count from the last element: what runs down to the first needs one beyond.
  const ends = end.map((value) => (value < 0 ? -wholeAxis : value));
  const lists = [begin, ends, axes, strides].map((list) => graph.integers(list));
  return graph.node("Slice", [x, ...lists], { shape, dtype: x.dtype });
}

/** A stretch of one axis. */
function stretch(graph: Graph, x: Value, axis: number, from: number, to: number): Value {
  const begin = x.shape.map((_, i) => (i === axis ? from : 0));
  const end = x.shape.map((size, i) => (i === axis ? to : size));
  return slice(
    graph,
    x,
    begin,
    end,
    x.shape.map(() => 1),
  );
}

export function concatenate(graph: Graph, values: readonly Value[], axis: number): Value {
  const [first] = values;
  if (!first) throw new Unsupported("it has no inputs");
  if (values.length === 1) return first;
  const length = values.reduce((sum, value) => sum + value.shape[axis]!, 0);
  const shape = first.shape.map((size, i) => (i === axis ? length : size));
  return graph.node("Concat", values, { shape, dtype: first.dtype }, { axis: { int: axis } });
}

export function pad(
  graph: Graph,
  x: Value,
  paddings: readonly (readonly [number, number])[],
  value: number,
  mode?: string,
): Value {
  if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
  const shape = x.shape.map((size, i) => size + paddings[i]![0] + paddings[i]![1]);
  const amounts = graph.integers([
    ...paddings.map(([before]) => before),
    ...paddings.map(([, after]) => after),
  ]);
  const inputs = mode === undefined ? [x, amounts, graph.scalar(value, x.dtype)] : [x, amounts];
  return graph.node("Pad", inputs, { shape, dtype: x.dtype }, { mode: { text: mode ?? "constant" } });
}

const concat: Lowering = (graph, inputs, attributes) => {
  const values = Object.values(inputs);
  const rank = values[0]!.shape.length;
  const axis = positive([attribute<number>(attributes, "axis")], rank)[0]!;
  const dtype = values[0]!.dtype;
  for (const value of values) demand(value, dtype);
  const filled = values.filter((value) => sizeOf(value.shape) > 0);
  return filled.length === 0 ? values[0]! : concatenate(graph, filled, axis);
};

const sliceKernel: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "x");
  const [begin, size] = slice_util.parseSliceParams(
    { shape: [...x.shape], dtype: "float32", dataId: {} },
    attribute<number[]>(attributes, "begin"),
    attribute<number[]>(attributes, "size"),
  );
  const end = begin!.map((from, i) => from + size![i]!);
  if (end.some((to, i) => to > x.shape[i]!)) throw new Unsupported("it reaches beyond its input");
  return slice(
    graph,
    x,
    begin!,
    end,
    x.shape.map(() => 1),
  );
};

const stridedSlice: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "x");
  const mask = (name: string): number => attribute<number>(attributes, name);
  const info = slice_util.sliceInfo(
    [...x.shape],
    attribute<number[]>(attributes, "begin"),
    attribute<number[]>(attributes, "end"),
    attribute<number[]>(attributes, "strides"),
    mask("beginMask"),
    mask("endMask"),
    mask("ellipsisMask"),
    mask("newAxisMask"),
    mask("shrinkAxisMask"),
  );
  if (sizeOf(info.finalShape) === 0) throw new Unsupported("its result is empty");
  return graph.reshape(slice(graph, x, info.begin, info.end, info.strides), info.finalShape);
};

const split: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "x");
  const axis = positive([attribute<number>(attributes, "axis")], x.shape.length)[0]!;
  const sizes = backend_util.prepareSplitSize(
    { shape: [...x.shape] } as never,
    attribute<number | number[]>(attributes, "numOrSizeSplits"),
    axis,
  );
  let from = 0;
  return sizes.map((size) => stretch(graph, x, axis, from, (from += size)));
};

const pack: Lowering = (graph, inputs, attributes) => {
  const values = Object.values(inputs);
  const rank = values[0]!.shape.length + 1;
  const axis = positive([attribute<number>(attributes, "axis")], rank)[0]!;
  const raised = values.map((value) =>
    graph.reshape(demand(value, values[0]!.dtype), value.shape.toSpliced(axis, 0, 1)),
  );
  return concatenate(graph, raised, axis);
};

const unpack: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "value");
  const axis = positive([attribute<number>(attributes, "axis")], x.shape.length)[0]!;
  const shape = x.shape.toSpliced(axis, 1);
  return Array.from({ length: x.shape[axis]! }, (_, i) =>
    graph.reshape(stretch(graph, x, axis, i, i + 1), shape),
  );
};

const padKernel: Lowering = (graph, inputs, attributes) =>
  pad(
    graph,
    demand(input(inputs, "x"), "float32", "int32", "bool"),
    attribute<[number, number][]>(attributes, "paddings"),
    attribute<number>(attributes, "constantValue"),
  );

/** The elements along an axis in the order of `places`. */
export function take(graph: Graph, x: Value, places: readonly number[], axis: number): Value {
  const indices = graph.constant(Int32Array.from(places), [places.length], "int32");
  const shape = x.shape.map((size, i) => (i === axis ? places.length : size));
  return graph.node("Gather", [x, indices], { shape, dtype: x.dtype }, { axis: { int: axis } });
}

const mirrorPad: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32", "int32");
  const offset = attribute<string>(attributes, "mode") === "reflect" ? 0 : 1;
  return attribute<[number, number][]>(attributes, "paddings").reduce((value, [before, after], axis) => {
    if (before === 0 && after === 0) return value;
    const size = x.shape[axis]!;
    const places = Array.from({ length: before + size + after }, (_, i) => {
      const place = i - before;
      if (place < 0) return -place - offset;
      return place < size ? place : 2 * size - 2 - place + offset;
    });
    return take(graph, value, places, axis);
  }, x);
};

const tile: Lowering = (graph, inputs, attributes) => {
  const x = demand(input(inputs, "x"), "float32", "int32", "bool");
  const reps = attribute<number[]>(attributes, "reps");
  const shape = x.shape.map((size, i) => size * reps[i]!);
  // Axes of size 1 are repeated by broadcasting, which need not copy.
  if (x.shape.every((size, i) => size === 1 || reps[i] === 1)) return graph.repeated(x, shape);
  return graph.node("Tile", [x, graph.integers(reps)], { shape, dtype: x.dtype });
};

const reverse: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "x");
  const dims = attribute<number | number[] | undefined>(attributes, "dims") ?? x.shape.map((_, i) => i);
  const axes = positive(typeof dims === "number" ? [dims] : dims, x.shape.length);
  if (axes.some((axis) => !(axis in x.shape))) throw new Unsupported("its axes are out of range");
  return axes.reduce(
    (value, axis) =>
      take(
        graph,
        value,
        Array.from({ length: x.shape[axis]! }, (_, i) => x.shape[axis]! - 1 - i),
        axis,
      ),
    x,
  );
};

const expandAxes: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "input");
  const axis = positive([attribute<number>(attributes, "dim")], x.shape.length + 1)[0]!;
  return graph.reshape(x, x.shape.toSpliced(axis, 0, 1));
};

const alike =
  (value: number): Lowering =>
  (graph, inputs) => {
    const x = demand(input(inputs, "x"), "float32", "int32", "bool");
    return graph.filled(value, x.shape, x.dtype);
  };

/** `onValue` at each index, `offValue` elsewhere; an index out of range sets nothing. */
const oneHot: Lowering = (graph, inputs, attributes) => {
  const indices = demand(input(inputs, "indices"), "int32");
  const depth = attribute<number>(attributes, "depth");
  const dtype = attribute<ElementType>(attributes, "dtype");
  const places = graph.constant(
    Int32Array.from({ length: depth }, (_, i) => i),
    [depth],
    "int32",
  );
  const raised = graph.reshape(indices, [...indices.shape, 1]);
  const hit = graph.elementwise("Equal", [raised, places], "bool");
  const [on, off] = [attribute<number>(attributes, "onValue"), attribute<number>(attributes, "offValue")];
  if (on === 1 && off === 0) {
    const table = graph.cast(hit, dtype);
    oneHots.set(table, { indices: raised });
    return table;
  }
  return graph.elementwise("Where", [hit, graph.scalar(on, dtype), graph.scalar(off, dtype)], dtype);
};

const reshape: Lowering = (graph, inputs, attributes) => {
  const x = input(inputs, "x");
  return graph.reshape(
    x,
    util.inferFromImplicitShape(attribute<number[]>(attributes, "shape"), sizeOf(x.shape)),
  );
};

export const structure: Lowerings = {
  Concat: concat,
  ExpandDims: expandAxes,
  Identity: (_, inputs) => input(inputs, "x"),
  MirrorPad: mirrorPad,
  OneHot: oneHot,
  OnesLike: alike(1),
  Pack: pack,
  PadV2: padKernel,
  Reshape: reshape,
  Reverse: reverse,
  Slice: sliceKernel,
  SplitV: split,
  StridedSlice: stridedSlice,
  Tile: tile,
  Transpose: (graph, inputs, attributes) =>
    graph.transpose(input(inputs, "x"), attribute<number[]>(attributes, "perm")),
  Unpack: unpack,
  ZerosLike: alike(0),
};
