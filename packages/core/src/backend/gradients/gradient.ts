import type { GradConfig, NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import { broadcast_util, engine, reshape, sum, zeros } from "../engine.js";

/** The pull-backs of an operation with one output: for each input, from the output's gradient to the input's. */
export type PullBack = (
  dy: Tensor,
  saved: Tensor[],
  attributes: NamedAttrMap,
) => Record<string, () => Tensor>;

/** A gradient of an operation with one output that needs the named inputs. */
export function fromInputs(kernelName: string, inputs: string[], pullBack: PullBack): GradConfig {
  return {
    kernelName,
    inputsToSave: inputs,
    gradFunc: (dy, saved, attributes) => pullBack(one(dy), saved, attributes),
  };
}

/**
 * A gradient of an operation with one input that is best written in its output y.
 *
 * TensorFlow.js saves y as a constant, so that a further derivative through it is lost without a word. An operation
 * recorded under n gradients is differentiated at most n times: under one, the saved y serves; under more, y is
 * computed anew from the input, on the tape.
 */
export function fromOutput(
  kernelName: string,
  input: string,
  operation: (x: Tensor) => Tensor,
  pullBack: (dy: Tensor, y: Tensor) => Tensor,
): GradConfig {
  return {
    kernelName,
    get inputsToSave() {
      return engine().state.gradientDepth > 1 ? [input] : [];
    },
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({
      [input]: () => pullBack(one(dy), saved.length === 1 ? saved[0]! : operation(saved[0]!)),
    }),
  };
}

/** The gradient of an operation that is constant in the named inputs almost everywhere. */
export const constantIn = (kernelName: string, inputs: string[]): GradConfig =>
  fromInputs(kernelName, inputs, (_, saved) =>
    Object.fromEntries(inputs.map((name, i) => [name, () => zeros(saved[i]!.shape)])),
  );

/** Sums a gradient over the axes along which the operation had broadcast the input of the given shape. */
export function sumToShape(gradient: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, gradient.shape);
  return reshape(axes.length > 0 ? sum(gradient, axes) : gradient, shape);
}

/** The only output's gradient. */
export const one = (dy: Tensor | Tensor[]): Tensor => (Array.isArray(dy) ? dy[0]! : dy);
