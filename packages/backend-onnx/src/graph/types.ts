/** Element types of ONNX that the graphs use, by their number in a TensorProto. */
export const dataTypes = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 } as const;

export type ElementType = keyof typeof dataTypes;

export type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array | BigInt64Array;

/** What an attribute of a node may be: an integer, a float, a text, or several integers. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] };

export type Attributes = Readonly<Record<string, Attribute>>;

/** A value that flows through a graph: an input, a constant, or what a node gives. Its shape is known. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  readonly node?: Node;
  /** The elements of a constant. */
  readonly data?: Numbers;
  /** The number that all elements are, where that is known. */
  readonly uniform?: number;
  /** A value that broadcasts to this one, which itself is computed only where an operator needs it. */
  readonly compact?: Value;
}

export interface Node {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: Value[];
  readonly attributes: Attributes;
}

/** A kernel that can't be expressed as a graph, with the reason; the caller falls back. */
export class Unsupported extends Error {}
