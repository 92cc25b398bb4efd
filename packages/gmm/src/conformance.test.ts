import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { gmm } from "./index.js";

beforeAll(() => useBackend("cpu"));
describeConformance(gmm, { describe, it, level: "full" });
