// First of all: a bundler that follows functions to where they are defined leaves out what the engine registers at its door.
import "@tensorflow/tfjs-core";
import { useBackend, type BackendName } from "@gen/core/backend";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";

async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths({
    "tfjs-backend-wasm.wasm": plain,
    "tfjs-backend-wasm-simd.wasm": simd,
    "tfjs-backend-wasm-threaded-simd.wasm": threaded,
  });
}

/** WebAssembly where it starts, else plain JavaScript. */
export async function startBackend(): Promise<BackendName> {
  try {
    return await useBackend("wasm", { load: loadWasm });
  } catch {
    return useBackend("cpu", { load: () => import("@tensorflow/tfjs-backend-cpu") });
  }
}
