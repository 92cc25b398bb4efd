import * as tf from "@tensorflow/tfjs";
import "../index.js";

/** Largest difference of two lists of tensors' elements, relative where elements are large. */
export function difference(a: readonly tf.TypedArray[], b: readonly tf.TypedArray[]): number {
  let largest = 0;
  a.forEach((values, i) => {
    const others = b[i]!;
    if (others.length !== values.length) largest = Infinity;
    values.forEach((value, j) => {
      const distance = Math.abs(value - others[j]!) / Math.max(1, Math.abs(value));
      largest = Math.max(largest, Number.isNaN(distance) ? Infinity : distance);
    });
  });
  return largest;
}

/** What a function gives on a back end. */
export async function on(backend: "cpu" | "onnx", f: () => readonly tf.Tensor[]): Promise<tf.TypedArray[]> {
  if (!(await tf.setBackend(backend))) throw new Error(`The back end ${backend} does not start.`);
  const before = tf.memory().numTensors;
  const results = tf.tidy(() => f().map((tensor) => tensor.dataSync().slice()));
  if (tf.memory().numTensors !== before) throw new Error("Tensors were leaked.");
  return results;
}

/** Uneven numbers between -1 and 1, the same each time. */
export const uneven = (shape: readonly number[], phase = 0): tf.Tensor => {
  const size = shape.reduce((product, axis) => product * axis, 1);
  const values = Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i * i + 0.3 * i + phase));
  return tf.tensor(values, [...shape]);
};
