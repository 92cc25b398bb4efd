import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { pixelcnn } from "./index.js";

beforeAll(() => useBackend("onnx"));
describeConformance(pixelcnn, { describe, it, level: "full" });
