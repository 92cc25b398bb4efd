import type { DataType, KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";

interface HostBackend {
  readSync(dataId: object): ArrayLike<number>;
  write(values: Float32Array | Int32Array, shape: number[], dtype: DataType): object;
}

const isHost = (backend: object): backend is HostBackend => "readSync" in backend && "write" in backend;

/**
 * Sums rows by their segment, the gradient of `gather`: absent from the wasm back end, and on the cpu one a pass over
 * all rows for every segment. Rows whose segment lies outside are left out.
 */
export const unsortedSegmentSum = (backendName: string): KernelConfig => ({
  kernelName: "UnsortedSegmentSum",
  backendName,
  kernelFunc: ({ inputs, attrs, backend }): TensorInfo => {
    const { x, segmentIds } = inputs;
    if (!x || !segmentIds || !isHost(backend)) throw new Error("UnsortedSegmentSum: inputs are missing.");
    const count = Number(attrs?.["numSegments"]);
    const shape = [count, ...x.shape.slice(1)];
    const width = x.shape.slice(1).reduce((a, b) => a * b, 1);
    const values = backend.readSync(x.dataId);
    const segments = backend.readSync(segmentIds.dataId);
    const sums = x.dtype === "int32" ? new Int32Array(count * width) : new Float32Array(count * width);
    for (let row = 0; row < segments.length; row++) {
      const segment = segments[row]!;
      if (segment < 0 || segment >= count) continue;
      for (let i = 0; i < width; i++) sums[segment * width + i]! += values[row * width + i]!;
    }
    return { dataId: backend.write(sums, shape, x.dtype), shape, dtype: x.dtype };
  },
});
