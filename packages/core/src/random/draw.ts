import type { Tensor } from "@tensorflow/tfjs-core";
import { makeTensor } from "../backend/engine.js";
import type { Shape } from "../types.js";
import { sizeOf } from "./checks.js";
import { keyFrom } from "./key.js";
import { type Draw, isRecording, type Numbers, recorder } from "./recorder.js";
import { spend } from "./spend.js";
import type { Key } from "./types.js";

/**
 * A tensor of numbers that `make` draws in JavaScript: the one way by which random numbers reach the engine, and
 * which a recording sees.
 *
 * @param sampler What is drawn, for whoever reads a recording.
 * @param make Draws the product of `shape` numbers, row-major, from the key that it is given (not from `key`),
 * so that a recording can draw anew; it may depend on nothing else that changes.
 * @throws Error in development if the key object was drawn from before.
 */
export function draw(
  key: Key,
  sampler: string,
  shape: Shape,
  make: (key: Key) => Numbers,
  dtype: Draw["dtype"] = "float32",
): Tensor {
  const size = sizeOf(shape);
  spend(key);
  const numbers = make(keyFrom(key.data));
  if (numbers.length !== size)
    throw new Error(`The sampler ${sampler} made ${numbers.length} numbers where ${size} were to be drawn.`);
  const tensor = makeTensor(
    dtype === "int32" ? new Int32Array(numbers) : new Float32Array(numbers),
    [...shape],
    dtype,
  );
  if (isRecording(key)) key[recorder]({ sampler, shape, dtype, make, tensor });
  return tensor;
}
