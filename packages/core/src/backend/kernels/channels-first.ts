import type { KernelConfig, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import { toFirst, toLast } from "./convolution-geometry.js";
import { permute, runOne, wasm } from "./wasm-backend.js";

/**
 * A convolution's kernel of the wasm back end, which takes images with channels last, made to take those with channels
 * first too: the named inputs are transposed before, and the output after when it is images.
 */
export const channelsFirst = (
  own: KernelConfig,
  transpose: KernelConfig,
  images: readonly string[],
  output: "images" | "filter",
): KernelConfig => ({
  ...own,
  kernelFunc: ({ inputs, attrs = {}, backend }): TensorInfo => {
    if (attrs["dataFormat"] !== "NCHW") return runOne(own, { inputs, attrs, backend });
    const engine = wasm(backend);
    const turned = Object.fromEntries(
      images.map((name) => [name, permute(transpose, engine, inputs[name]!, toLast)]),
    );
    try {
      const result = runOne(own, { inputs: { ...inputs, ...turned }, attrs: channelsLast(attrs), backend });
      if (output === "filter") return result;
      const images = permute(transpose, engine, result, toFirst);
      engine.disposeData(result.dataId);
      return images;
    } finally {
      for (const { dataId } of Object.values(turned)) engine.disposeData(dataId);
    }
  },
});

/** The same convolution's attributes for images with channels last. */
function channelsLast(attrs: NamedAttrMap): NamedAttrMap {
  const { pad, inputShape } = attrs;
  return {
    ...attrs,
    dataFormat: "NHWC",
    ...(Array.isArray(pad) && { pad: toLast.map((axis) => pad[axis]!) }),
    ...(Array.isArray(inputShape) && { inputShape: toLast.map((axis) => inputShape[axis]!) }),
  };
}
