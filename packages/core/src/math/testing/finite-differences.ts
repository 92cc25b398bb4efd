import type { Tensor } from "@tensorflow/tfjs-core";
import { grads, makeTensor, mul, sum, tidy } from "../../backend/engine.js";

/** A function of float32 tensors whose gradients are to be checked. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor;

export interface GradientCheck {
  /** The differences' spacing, relative to max(1, |x|). */
  readonly step?: number;
  /** Allowed error, relative to max(1, |gradient|). */
  readonly tolerance?: number;
  /** Turns a change of an input into one that is allowed, such as a symmetric one. */
  readonly project?: (input: Tensor) => Tensor;
}

/** Σ wᵢ fᵢ with fixed unequal weights: one number whose gradient sees every output. */
function weightedSum(f: TensorFunction): TensorFunction {
  return (...inputs) =>
    tidy(() => {
      const value = f(...inputs);
      const weights = Float32Array.from({ length: value.size }, (_, index) => 1 + ((index * 7) % 5) / 4);
      return sum(mul(value, makeTensor(weights, value.shape)));
    });
}

/** The gradients of the weighted sum of f's outputs by the engine, one tensor per input. */
function engineGradients(f: TensorFunction, inputs: readonly Tensor[]): Tensor[] {
  return tidy(() => grads(weightedSum(f))([...inputs]));
}

/** Its gradient for one input by central differences of fourth order; each output is summed up in float64. */
function differences(
  f: TensorFunction,
  inputs: readonly Tensor[],
  which: number,
  { step = 0.02, project = (input: Tensor) => input }: GradientCheck = {},
): Float64Array {
  const input = inputs[which]!;
  const base = Float32Array.from(input.dataSync());
  const at = (index: number, change: number): number =>
    tidy(() => {
      const moved = base.slice();
      moved[index]! += change;
      const replaced = inputs.map((other, k) =>
        k === which ? project(makeTensor(moved, input.shape)) : other,
      );
      const values = f(...replaced).dataSync();
      return Array.from(values).reduce((total, value, k) => total + value * (1 + ((k * 7) % 5) / 4), 0);
    });
  return Float64Array.from(base, (value, index) => {
    const h = step * Math.max(1, Math.abs(value));
    const near = at(index, h) - at(index, -h);
    const far = at(index, 2 * h) - at(index, -2 * h);
    return (8 * near - far) / (12 * h);
  });
}

/** Throws unless the engine's gradients of f agree with central differences in every input. */
export function checkGradients(
  f: TensorFunction,
  inputs: readonly Tensor[],
  check: GradientCheck = {},
): void {
  const { tolerance = 1e-3 } = check;
  const gradients = engineGradients(f, inputs);
  gradients.forEach((gradient, which) => {
    const actual = gradient.dataSync();
    const expected = differences(f, inputs, which, check);
    gradient.dispose();
    expected.forEach((value, index) => {
      const error = Math.abs(actual[index]! - value) / Math.max(1, Math.abs(value));
      if (!(error <= tolerance)) {
        throw new Error(
          `Gradient ${index} of input ${which} is ${actual[index]!}, differences give ${value}.`,
        );
      }
    });
  });
}

/** Throws unless the second derivatives of f agree with central differences of its first ones. */
export function checkSecondGradients(
  f: TensorFunction,
  inputs: readonly Tensor[],
  check: GradientCheck = {},
): void {
  inputs.forEach((_, which) => {
    checkGradients((...moved) => engineGradients(f, moved)[which]!, inputs, check);
  });
}
