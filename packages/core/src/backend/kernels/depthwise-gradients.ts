import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { geometry, shapeIn } from "./convolution-geometry.js";
import { forEachRun } from "./taps.js";
import { wasm, zeros } from "./wasm-backend.js";

type Sizes = [number, number, number, number];

/** The gradient of a depthwise convolution to its input: every window's gradient goes back to what its taps read. */
export const depthwiseInputGradient: KernelConfig = {
  kernelName: "DepthwiseConv2dNativeBackpropInput",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs = {}, backend }): TensorInfo => {
    const { dy, filter } = inputs;
    if (!dy || !filter) throw new Error("DepthwiseConv2dNativeBackpropInput: inputs are missing.");
    const engine = wasm(backend);
    const shape = shapeIn(attrs, "inputShape") as Sizes;
    const [batch, height, width, channels] = shape;
    const [, rows, columns, outputs] = dy.shape as Sizes;
    const [taps, tapsAcross, , multiplier] = filter.shape as Sizes;
    const window = geometry(shape, filter.shape, attrs);
    const dx = zeros(engine, shape);
    const weights = engine.typedArrayFromHeap(filter);
    const from = engine.typedArrayFromHeap(dy);
    const to = engine.typedArrayFromHeap(dx);
    forEachRun([batch, height, width], [rows, columns], [taps, tapsAcross], window, (run) => {
      for (let i = run.first; i < run.end; i++) {
        let [target, source, weight] = [
          (run.pixel + i * window.strides[1]) * channels,
          (run.window + i) * outputs,
          run.tap * outputs,
        ];
        for (let channel = 0; channel < channels; channel++, target++) {
          for (let k = 0; k < multiplier; k++) to[target]! += weights[weight++]! * from[source++]!;
        }
      }
    });
    return dx;
  },
};

/** The gradient of a depthwise convolution to its filter: for each tap, what it read times the window's gradient. */
export const depthwiseFilterGradient: KernelConfig = {
  kernelName: "DepthwiseConv2dNativeBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs = {}, backend }): TensorInfo => {
    const { x, dy } = inputs;
    if (!x || !dy) throw new Error("DepthwiseConv2dNativeBackpropFilter: inputs are missing.");
    const engine = wasm(backend);
    const shape = shapeIn(attrs, "filterShape") as Sizes;
    const [batch, height, width, channels] = x.shape as Sizes;
    const [, rows, columns, outputs] = dy.shape as Sizes;
    const [taps, tapsAcross, , multiplier] = shape;
    const window = geometry(x.shape, shape, attrs);
    const images = engine.typedArrayFromHeap(x);
    const from = engine.typedArrayFromHeap(dy);
    const sums = new Float64Array(taps * tapsAcross * outputs);
    forEachRun([batch, height, width], [rows, columns], [taps, tapsAcross], window, (run) => {
      for (let i = run.first; i < run.end; i++) {
        let [pixel, source, target] = [
          (run.pixel + i * window.strides[1]) * channels,
          (run.window + i) * outputs,
          run.tap * outputs,
        ];
        for (let channel = 0; channel < channels; channel++, pixel++) {
          for (let k = 0; k < multiplier; k++) sums[target++]! += images[pixel]! * from[source++]!;
        }
      }
    });
    const output = engine.makeOutput(shape, "float32");
    engine.typedArrayFromHeap(output).set(sums);
    return output;
  },
};
