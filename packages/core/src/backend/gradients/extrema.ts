import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";
import {
  cast,
  div,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  mul,
  reshape,
  sum,
  util,
} from "../engine.js";
import { fromInputs, one, sumToShape } from "./gradient.js";

const binary = (kernelName: string, first: typeof less, second: typeof less): GradConfig =>
  fromInputs(kernelName, ["a", "b"], (dy, [a, b]) => ({
    a: () => sumToShape(mul(dy, cast(first(a!, b!), "float32")), a!.shape),
    b: () => sumToShape(mul(dy, cast(second(a!, b!), "float32")), b!.shape),
  }));

/** The gradient of a reduction to the largest or smallest element, divided evenly among equals. */
const reduction = (kernelName: string, axesName: string): GradConfig => ({
  kernelName,
  inputsToSave: ["x"],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attributes) => ({
    x: () => {
      const axes = reducedAxes(attributes[axesName], x!.shape);
      const kept = x!.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const spread = (reduced: Tensor) => reshape(reduced, kept);
      const chosen = cast(equal(x!, spread(y!)), "float32");
      return mul(chosen, div(spread(one(dy)), sum(chosen, axes, true)));
    },
  }),
});

const reducedAxes = (value: unknown, shape: number[]): number[] =>
  value === null || value === undefined
    ? shape.map((_, axis) => axis)
    : util.parseAxisParam([value].flat().map(Number), shape);

/** Gradients of extrema; a mask's derivative is zero, so the saved output may stay a constant. */
export const extremumGradients = (): GradConfig[] => [
  binary("Maximum", greaterEqual, less),
  binary("Minimum", lessEqual, greater),
  reduction("Max", "reductionIndices"),
  reduction("Min", "axis"),
];
