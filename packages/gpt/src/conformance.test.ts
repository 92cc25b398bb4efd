import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { gpt } from "./index.js";

beforeAll(() => useBackend("wasm"));
describeConformance(gpt, { describe, it, level: "full" });
