import { getKernelsForBackend } from "@tensorflow/tfjs-core";
import { calls } from "./eager/calls.js";
import { hostKernels } from "./eager/kernel.js";
import { lowerings } from "./lowerings/index.js";

/** Which kernels run natively, and how often each ran either way. */
export interface Coverage {
  /** Kernels with a lowering, and those that only rename or create data. */
  readonly native: readonly string[];
  /** Kernels that run in JavaScript, by the cpu back end. */
  readonly fallback: readonly string[];
  /** Calls so far by kernel; a native kernel falls back for empty tensors, texts and rare attributes. */
  readonly calls: {
    readonly native: Readonly<Record<string, number>>;
    readonly fallback: Readonly<Record<string, number>>;
  };
}

/** Says which kernels of the back end "onnx" are native. */
export function coverage(): Coverage {
  const names = getKernelsForBackend("onnx").map(({ kernelName }) => kernelName);
  const isNative = (name: string): boolean => name in lowerings || hostKernels.has(name);
  return {
    native: names.filter(isNative).sort(),
    fallback: names.filter((name) => !isNative(name)).sort(),
    calls: { native: Object.fromEntries(calls.native), fallback: Object.fromEntries(calls.fallback) },
  };
}
