// What kernels and their pools need, with no TensorFlow.js behind it.
export { InputError } from "../errors.js";
export { openPool } from "./pool.js";
export { serveKernels } from "./serve.js";
export { vectors, type Vectors } from "./vectors.js";
export { useWorkers } from "./workers.js";
export type { Kernels, Pool, PoolOptions, WorkerConstructor } from "./types.js";
