// Bundlers may run the engine's modules in another order than its own, and its flags must be registered first.
import "@tensorflow/tfjs-core";
import { registerGradients } from "#gradients";
import type { GradConfig, KernelConfig } from "@tensorflow/tfjs-core";
import {
  getGradient,
  getKernelsForBackend,
  registerGradient,
  registerKernel,
  unregisterKernel,
} from "./engine.js";
import { constantGradients } from "./gradients/constants.js";
import { elementwiseGradients } from "./gradients/elementwise.js";
import { extremumGradients } from "./gradients/extrema.js";
import { matrixProductGradient } from "./gradients/matrix-product.js";
import { averagePoolGradients } from "./gradients/average-pool.js";
import { convolutionGradients } from "./gradients/convolution.js";
import { mirrorPadGradient } from "./gradients/mirror-pad.js";
import { outputGradients } from "./gradients/outputs.js";
import { structuralGradients } from "./gradients/structural.js";
import { convolutionRepairs } from "./kernels/convolutions.js";
import { matrixProduct } from "./kernels/matrix-product.js";
import { fusedMatrixProduct } from "./kernels/fused-matrix-product.js";
import { log1p } from "./kernels/log1p.js";
import { oneHot } from "./kernels/one-hot.js";
import { unsortedSegmentSum } from "./kernels/unsorted-segment-sum.js";

/** Marks what was installed, across copies of this package; the highest version stays. */
const installed = Symbol.for("@gen/core/backend");
const version = 1;

interface Marked {
  [installed]?: number;
}

const isCurrent = (entry: object | undefined): boolean =>
  entry !== undefined && installed in entry && Number(entry[installed]) >= version;

/** Registers the gradients of TensorFlow.js and repairs those that are missing or wrong; doing so again is harmless. */
export async function install(): Promise<void> {
  await registerGradients();
  const repairs = [
    ...constantGradients(),
    ...elementwiseGradients(),
    ...extremumGradients(),
    ...outputGradients(),
    ...structuralGradients(),
    ...averagePoolGradients(),
    ...convolutionGradients(getGradient),
    mirrorPadGradient(),
    matrixProductGradient(getGradient("BatchMatMul")),
  ];
  for (const repair of repairs) installGradient(repair);
}

/** Registers the kernels that a back end lacks or runs slowly, once its own kernels are registered. */
export function installKernels(backendName: string): void {
  if (backendName === "cpu" || backendName === "wasm") installKernel(unsortedSegmentSum(backendName));
  if (backendName === "wasm") installProducts();
  const present = (kernelName: string) => presentKernel(kernelName, backendName);
  for (const repair of convolutionRepairs(backendName, present)) installKernel(repair);
  if (backendName !== "wasm") return;
  const hot = presentKernel("OneHot", "wasm");
  if (hot) installKernel(oneHot(hot));
  installKernel(log1p);
}

function installProducts(): void {
  const transpose = presentKernel("Transpose", "wasm");
  const product = presentKernel("BatchMatMul", "wasm");
  const fused = presentKernel("_FusedMatMul", "wasm");
  if (transpose && product) installKernel(matrixProduct(product, transpose));
  if (transpose && fused) installKernel(fusedMatrixProduct(fused, transpose));
}

function installGradient(repair: GradConfig & Marked): void {
  if (isCurrent(getGradient(repair.kernelName))) return;
  repair[installed] = version;
  registerGradient(repair);
}

function installKernel(repair: KernelConfig & Marked): void {
  const { kernelName, backendName } = repair;
  const present = presentKernel(kernelName, backendName);
  if (isCurrent(present)) return;
  if (present) unregisterKernel(kernelName, backendName);
  repair[installed] = version;
  registerKernel(repair);
}

const presentKernel = (kernelName: string, backendName: string): KernelConfig | undefined =>
  getKernelsForBackend(backendName).find((kernel) => kernel.kernelName === kernelName);
