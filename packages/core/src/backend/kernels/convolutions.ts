import type { KernelConfig } from "@tensorflow/tfjs-core";
import { channelsFirst } from "./channels-first.js";
import { convolutionFilterGradient } from "./convolution-filter-gradient.js";
import { countedPadding, explicitPadding } from "./convolution-geometry.js";
import { convolutionInputGradient } from "./convolution-input-gradient.js";
import { depthwiseFilterGradient, depthwiseInputGradient } from "./depthwise-gradients.js";

type Own = (kernelName: string) => KernelConfig | undefined;

const names = [
  "Conv2D",
  "Conv2DBackpropInput",
  "Conv2DBackpropFilter",
  "DepthwiseConv2dNative",
  "DepthwiseConv2dNativeBackpropInput",
  "DepthwiseConv2dNativeBackpropFilter",
];

/** The kernels of convolutions and of their gradients that a back end lacks, runs slowly or gets wrong. */
export function convolutionRepairs(backendName: string, own: Own): KernelConfig[] {
  if (backendName === "cpu")
    return names
      .map(own)
      .filter((kernel) => kernel !== undefined)
      .map(explicitPadding);
  if (backendName !== "wasm") return [];
  const depthwise = own("DepthwiseConv2dNative");
  return [
    ...wasmConvolutions(own),
    ...(depthwise
      ? [explicitPadding(countedPadding(depthwise)), depthwiseInputGradient, depthwiseFilterGradient]
      : []),
  ];
}

function wasmConvolutions(own: Own): KernelConfig[] {
  const [convolve, transpose, product] = [own("Conv2D"), own("Transpose"), own("BatchMatMul")];
  if (!convolve || !transpose || !product) return [];
  const filterGradient = convolutionFilterGradient({ convolve, transpose, product });
  return [
    channelsFirst(countedPadding(convolve), transpose, ["x"], "images"),
    channelsFirst(convolutionInputGradient(convolve), transpose, ["dy"], "images"),
    channelsFirst(filterGradient, transpose, ["x", "dy"], "filter"),
  ].map(explicitPadding);
}
