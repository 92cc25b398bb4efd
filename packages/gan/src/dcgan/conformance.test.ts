import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { dcgan } from "./index.js";

beforeAll(() => useBackend("wasm"));

describeConformance(dcgan, { describe, it, level: "full" });
