import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { hmm } from "./index.js";

beforeAll(() => useBackend("cpu"));
describeConformance(hmm, { describe, it, level: "full" });
