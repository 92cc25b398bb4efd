import "@tensorflow/tfjs-backend-cpu";
import {
  env,
  getKernelsForBackend,
  registerBackend,
  registerKernel,
  type KernelConfig,
} from "@tensorflow/tfjs-core";
import { availableParallelism } from "node:os";
import { lowerings } from "../lowerings/index.js";
import { OnnxBackend } from "./backend.js";
import { kernel } from "./kernel.js";

/** As high as TensorFlow.js' own native back end. */
const priority = 3;

/** Makes the back end "onnx" known, with every kernel that the cpu back end has. */
export function register(): void {
  env().registerFlag("ONNX_THREADS", () => availableParallelism());
  env().registerFlag("ONNX_COMPILED", () => true);
  const known = getKernelsForBackend("cpu");
  for (const config of known) {
    registerKernel({
      ...config,
      backendName: "onnx",
      kernelFunc: kernel(config, lowerings[config.kernelName]),
    });
  }
  for (const kernelName of Object.keys(lowerings)) {
    if (known.some((config) => config.kernelName === kernelName)) continue;
    const missing: KernelConfig = { kernelName, backendName: "onnx", kernelFunc: () => refuse(kernelName) };
    registerKernel({ ...missing, kernelFunc: kernel(missing, lowerings[kernelName]) });
  }
  registerBackend("onnx", () => new OnnxBackend(), priority);
}

function refuse(kernelName: string): never {
  throw new Error(
    `The kernel ${kernelName} has no form in ONNX for these inputs, and the cpu back end has none.`,
  );
}
