import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rows } from "./data/types.js";

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Sizes of axes, outermost first. */
export type Shape = readonly number[];

/**
 * Numbers that a model returns, one axis per row: float32 on the engine from engine families, float64 from
 * classical ones. Generic code looks at them through `read`.
 */
export type Values = Tensor | Float64Array;

/** State of a sampling process: tensors in plain objects and arrays, beside plain data. */
export type Tree =
  | Tensor
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint8Array
  | null
  | undefined
  | boolean
  | number
  | string
  | Rows
  | readonly Tree[]
  | { readonly [key: string]: Tree };
