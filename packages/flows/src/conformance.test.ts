import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { glow, realnvp } from "./index.js";

beforeAll(() => useBackend("wasm"));
describeConformance(realnvp, { describe, it, level: "full" });
describeConformance(glow, { describe, it, level: "full" });
