// Uses workers, disposes nothing, and must end by itself.
import { openPool, useWorkers } from "@gen/core/parallel";
import { kernels } from "./kernels.mjs";

useWorkers(2);
const worker = (Worker) => new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });
const pool = openPool({ kernels, worker, chunk: (part) => part });
const parts = [1, 2, 3].map((x) => ({ x: Float64Array.of(x) }));
console.log((await pool.map("slow", 50, parts)).join(), pool.workers);
