import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { gan } from "./index.js";

beforeAll(() => useBackend("wasm"));

describeConformance(gan, { describe, it, level: "full" });
