import { broadcast, sameShape, sizeOf } from "./shapes.js";
import type { Attributes, ElementType, Node, Numbers, Value } from "./types.js";
import { written } from "./written.js";

interface Result {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

export interface GraphOptions {
  /** Standard operators only, so that every runtime opens the file. */
  readonly portable?: boolean;
  /** What is not a number is treated as the cpu back end does, where a test of its own for it is needed. */
  readonly keepsNaN?: boolean;
}

/**
 * A graph of ONNX operators under construction, all shapes known. The same operator on the same values is one node,
 * and a value that merely repeats another stays small until an operator needs all of it.
 */
export class Graph {
  readonly inputs: Value[] = [];
  readonly nodes: Node[] = [];
  readonly portable: boolean;
  readonly keepsNaN: boolean;
  private readonly known = new Map<string, readonly Value[]>();
  private readonly constants = new Map<string, Value>();
  private count = 0;

  constructor({ portable = false, keepsNaN = false }: GraphOptions = {}) {
    this.portable = portable;
    this.keepsNaN = keepsNaN;
  }

  input(shape: readonly number[], dtype: ElementType, name = this.name()): Value {
    const value: Value = { name, shape, dtype };
    this.inputs.push(value);
    return value;
  }

  /** A constant of given elements; one whose elements are all the same is kept as a single number. */
  constant(data: Numbers, shape: readonly number[], dtype: ElementType): Value {
    const first = data[0];
    const same = first !== undefined && data.every((element: number | bigint) => Object.is(element, first));
    if (!same) return { name: this.name(), shape, dtype, data };
    const ones = shape.map(() => 1);
    const compact = this.uniform(Number(first), dtype, ones);
    return data.length === 1 ? compact : { ...compact, name: this.name(), shape, compact };
  }

  /** A constant with one element. */
  scalar(value: number, dtype: ElementType): Value {
    return this.uniform(value, dtype, []);
  }

  /** All elements the same, in any shape. */
  filled(value: number, shape: readonly number[], dtype: ElementType): Value {
    const compact = this.uniform(
      value,
      dtype,
      shape.map(() => 1),
    );
    return sizeOf(shape) === 1 ? compact : this.repeated(compact, shape);
  }

  /** A list of integers, as operators take axes and shapes. */
  integers(values: readonly number[]): Value {
    const key = `integers ${values.join()}`;
    return this.remember(key, () => ({
      name: this.name(),
      shape: [values.length],
      dtype: "int64",
      data: BigInt64Array.from(values, BigInt),
    }));
  }

  /** `value` broadcast to a larger shape, but computed only where an operator needs all of it. */
  repeated(value: Value, shape: readonly number[]): Value {
    if (sameShape(value.shape, shape)) return value;
    const compact = value.compact ?? value;
    return {
      name: this.name(),
      shape,
      dtype: value.dtype,
      compact,
      ...(value.uniform !== undefined && { uniform: value.uniform }),
    };
  }

  /** The node's one output. */
  node(
    operator: string,
    inputs: readonly (Value | undefined)[],
    result: Result,
    attributes: Attributes = {},
    domain = "",
  ): Value {
    return this.outputs(operator, inputs, [result], attributes, domain)[0]!;
  }

  /** A node with several outputs. */
  outputs(
    operator: string,
    inputs: readonly (Value | undefined)[],
    results: readonly Result[],
    attributes: Attributes = {},
    domain = "",
  ): readonly Value[] {
    const whole = inputs.map((input) => input && this.whole(input));
    const names = whole.map((input) => input?.name ?? "").join();
    const key = `${domain} ${operator} ${names} ${written(attributes)} ${results.length}`;
    const before = this.known.get(key);
    if (before) return before;
    const node: Node = { operator, domain, inputs: whole, outputs: [], attributes };
    // Only these two: a result may be given as a value, which has more to it.
    node.outputs.push(...results.map(({ shape, dtype }) => ({ shape, dtype, name: this.name(), node })));
    this.nodes.push(node);
    this.known.set(key, node.outputs);
    return node.outputs;
  }

  /** An operator on each element, with broadcasting; repeated operands are worked on before they are repeated. */
  elementwise(
    operator: string,
    inputs: readonly Value[],
    dtype: ElementType = inputs[0]!.dtype,
    attributes: Attributes = {},
  ): Value {
    const shape = inputs.reduce<number[]>((all, input) => broadcast(all, input.shape), []);
    const small = inputs.map((input) => input.compact ?? input);
    const inner = small.reduce<number[]>((all, input) => broadcast(all, input.shape), []);
    const [squeezed, kept] = this.squeezed(small, inner);
    const value = this.node(operator, squeezed, { shape: kept, dtype }, attributes);
    return this.repeated(this.reshape(value, inner), shape);
  }

  /**
   * Operands that differ in shape without the axes of size 1: ONNX Runtime broadcasts along the last axis, and where
   * that has one element it works element by element.
   */
  private squeezed(
    inputs: readonly Value[],
    shape: readonly number[],
  ): [readonly Value[], readonly number[]] {
    const differ = inputs.some((input) => !sameShape(input.shape, shape));
    if (!differ || !shape.includes(1)) return [inputs, shape];
    const kept = shape.filter((size) => size !== 1);
    const narrow = inputs.map((input) => {
      const offset = shape.length - input.shape.length;
      return this.reshape(
        input,
        input.shape.filter((_, i) => shape[offset + i] !== 1),
      );
    });
    return [narrow, kept];
  }

  cast(value: Value, dtype: ElementType): Value {
    if (value.dtype === dtype) return value;
    const to = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 }[dtype];
    if (value.uniform !== undefined && dtype !== "int64" && value.dtype !== "int64") {
      const number = dtype === "bool" ? Number(value.uniform !== 0) : value.uniform;
      const kept = dtype === "int32" ? Math.trunc(number) : number;
      if (Number.isFinite(kept)) return this.filled(kept, value.shape, dtype);
    }
    return this.elementwise("Cast", [value], dtype, { to: { int: to } });
  }

  reshape(value: Value, shape: readonly number[]): Value {
    if (sameShape(value.shape, shape)) return value;
    if (value.uniform !== undefined) return this.filled(value.uniform, shape, value.dtype);
    // Through a chain of reshapes only the last counts.
    const from = value.node?.operator === "Reshape" ? value.node.inputs[0]! : value;
    if (sameShape(from.shape, shape)) return from;
    return this.node("Reshape", [from, this.integers(shape)], { shape, dtype: value.dtype });
  }

  transpose(value: Value, permutation: readonly number[]): Value {
    const before = value.node?.operator === "Transpose" ? value.node : undefined;
    const earlier = before?.attributes["perm"];
    if (before && earlier && "ints" in earlier)
      return this.transpose(
        before.inputs[0]!,
        permutation.map((axis) => earlier.ints[axis]!),
      );
    if (permutation.every((axis, i) => axis === i)) return value;
    const shape = permutation.map((axis) => value.shape[axis]!);
    if (value.uniform !== undefined) return this.filled(value.uniform, shape, value.dtype);
    // Moving axes of size 1 leaves the elements where they are.
    const moving = permutation.filter((axis) => value.shape[axis] !== 1);
    if (moving.every((axis, i) => i === 0 || axis > moving[i - 1]!)) return this.reshape(value, shape);
    return this.node("Transpose", [value], { shape, dtype: value.dtype }, { perm: { ints: permutation } });
  }

  /** The value with all its elements. */
  whole(value: Value): Value {
    if (!value.compact) return value;
    const { compact, shape, dtype } = value;
    const upsampled = this.upsampled(compact, shape);
    if (upsampled) return upsampled;
    return this.node("Expand", [compact, this.integers(shape)], { shape, dtype });
  }

  /** Pixels repeated downwards and to the right: twenty times quicker as an image that grows. */
  private upsampled(value: Value, shape: readonly number[]): Value | undefined {
    const [count, channels, height, down, width, right] = shape;
    const from = [count, channels, height, 1, width, 1];
    if (shape.length !== 6 || value.dtype !== "float32" || !sameShape(value.shape, from as number[]))
      return undefined;
    const factors = Float32Array.of(1, 1, down!, right!);
    const scales: Value = { name: this.name(), shape: [4], dtype: "float32", data: factors };
    const grown = this.node(
      "Resize",
      [this.reshape(value, [count!, channels!, height!, width!]), undefined, scales],
      { shape: [count!, channels!, height! * down!, width! * right!], dtype: "float32" },
      {
        mode: { text: "nearest" },
        coordinate_transformation_mode: { text: "asymmetric" },
        nearest_mode: { text: "floor" },
      },
    );
    return this.reshape(grown, shape);
  }

  private uniform(value: number, dtype: ElementType, shape: readonly number[]): Value {
    const key = `${dtype} ${Object.is(value, -0) ? "-0" : value} ${shape.join()}`;
    return this.remember(key, () => ({
      name: this.name(),
      shape,
      dtype,
      uniform: value,
      data: elements(value, dtype),
    }));
  }

  private remember(key: string, make: () => Value): Value {
    const known = this.constants.get(key) ?? make();
    this.constants.set(key, known);
    return known;
  }

  private name(): string {
    return `value:${this.count++}`;
  }
}

function elements(value: number, dtype: ElementType): Numbers {
  if (dtype === "float32") return Float32Array.of(value);
  if (dtype === "float64") return Float64Array.of(value);
  if (dtype === "int32") return Int32Array.of(value);
  return dtype === "bool" ? Uint8Array.of(value) : BigInt64Array.of(BigInt(value));
}
