import { zeros, type Tensor } from "@tensorflow/tfjs-core";
import { Independent, Normal, tuple } from "@gen/core";
import type { Architecture } from "./architecture.js";

/** Standard normal latents of these shapes, and the tensors that they borrow. */
export function standardNormals(shapes: readonly (readonly number[])[]): {
  readonly base: Architecture["base"];
  readonly borrowed: readonly Tensor[];
} {
  const borrowed = shapes.map((shape) => zeros([...shape]));
  const parts = borrowed.map((loc) => new Independent(new Normal({ loc, scale: 1 }), loc.rank));
  return { base: tuple(...parts), borrowed };
}
