import { serveKernels } from "@gen/core/parallel";
import { kernels } from "./kernels.js";

serveKernels(kernels);
