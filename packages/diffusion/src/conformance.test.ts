import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { diffusion } from "./index.js";

beforeAll(() => useBackend("onnx"));
describeConformance(diffusion, { describe, it, level: "full" });
