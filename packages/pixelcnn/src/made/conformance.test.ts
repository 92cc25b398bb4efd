import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { made } from "./index.js";

beforeAll(() => useBackend("onnx"));
describeConformance(made, { describe, it, level: "full" });
