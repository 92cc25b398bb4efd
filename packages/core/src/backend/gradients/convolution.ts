import type { GradConfig, NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import { engine } from "../engine.js";
import { gathered, spread } from "./dilation.js";
import { fromInputs, one } from "./gradient.js";

/** Gradients of convolutions and, both being linear in each argument, of their gradients. */
export const convolutionGradients = (own: (kernelName: string) => GradConfig): GradConfig[] =>
  ["Conv2D", "DepthwiseConv2dNative"].flatMap((name) => [
    dilatedConvolution(own(name)),
    ofInputGradient(name),
    ofFilterGradient(name),
  ]);

const run = (kernelName: string, inputs: Record<string, Tensor>, attributes: NamedAttrMap): Tensor =>
  engine().runKernel(kernelName, inputs, attributes);

const ofInputGradient = (name: string): GradConfig =>
  fromInputs(`${name}BackpropInput`, ["dy", "filter"], (ddx, [dy, filter], attributes) => ({
    dy: () => run(name, { x: ddx, filter: filter! }, { dilations: [1, 1], ...attributes }),
    filter: () =>
      run(`${name}BackpropFilter`, { x: ddx, dy: dy! }, { ...attributes, filterShape: filter!.shape }),
  }));

const ofFilterGradient = (name: string): GradConfig =>
  fromInputs(`${name}BackpropFilter`, ["x", "dy"], (ddw, [x, dy], attributes) => ({
    x: () => run(`${name}BackpropInput`, { dy: dy!, filter: ddw }, { ...attributes, inputShape: x!.shape }),
    dy: () => run(name, { x: x!, filter: ddw }, { dilations: [1, 1], ...attributes }),
  }));

/** A dilated convolution is one by a filter with zeros between its taps; TensorFlow.js refuses its gradient. */
const dilatedConvolution = (own: GradConfig): GradConfig => ({
  ...own,
  gradFunc: (dy, saved, attributes) => {
    const dilations = [attributes["dilations"] ?? 1].flat().map(Number);
    const [rows, columns] = [dilations[0]!, dilations.at(-1)!];
    if (rows === 1 && columns === 1) return own.gradFunc(dy, saved, attributes);
    const [x, filter] = saved as [Tensor, Tensor];
    const plain = () =>
      own.gradFunc(one(dy), [x, spread(spread(filter, 0, rows), 1, columns)], {
        ...attributes,
        dilations: [1, 1],
      });
    return {
      x: () => plain()["x"]!(),
      filter: () => gathered(gathered(plain()["filter"]!(), 0, rows), 1, columns),
    };
  },
});
