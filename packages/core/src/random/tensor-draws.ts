import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../types.js";
import { sizeOf } from "./checks.js";
import { draw } from "./draw.js";
import { exponentials } from "./exponentials.js";
import { gumbels } from "./gumbels.js";
import { normals } from "./normals.js";
import { randints } from "./randints.js";
import type { Key } from "./types.js";
import { uniforms } from "./uniforms.js";

/** Uniform float32 numbers on [0, 1) of the given shape; bit-equal on every machine and back end. */
export const uniform = (key: Key, shape: Shape): Tensor =>
  draw(key, "uniform", shape, (from) => uniforms(from, sizeOf(shape)));

/** Standard normal float32 numbers of the given shape; equal on every machine and back end to 1e-6. */
export const normal = (key: Key, shape: Shape): Tensor =>
  draw(key, "normal", shape, (from) => normals(from, sizeOf(shape)));

/** Standard Gumbel float32 numbers of the given shape; equal on every machine and back end to 1e-6. */
export const gumbel = (key: Key, shape: Shape): Tensor =>
  draw(key, "gumbel", shape, (from) => gumbels(from, sizeOf(shape)));

/** Float32 numbers of the exponential distribution with rate 1; equal on every machine and back end to 1e-6. */
export const exponential = (key: Key, shape: Shape): Tensor =>
  draw(key, "exponential", shape, (from) => exponentials(from, sizeOf(shape)));

/**
 * Unbiased int32 numbers on 0 … below - 1 of the given shape; bit-equal on every machine and back end.
 *
 * @throws InputError if `below` is not an integer from 1 to 2^31.
 */
export const randint = (key: Key, shape: Shape, below: number): Tensor =>
  draw(key, "randint", shape, (from) => randints(from, sizeOf(shape), below), "int32");
