import { threadId } from "node:worker_threads";
import { serveKernels } from "@gen/core/parallel";
import { kernels } from "./kernels.mjs";

globalThis.testThread = threadId;
serveKernels(kernels);
