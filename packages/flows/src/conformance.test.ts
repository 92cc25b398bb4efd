import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { glow, realnvp } from "./index.js";

beforeAll(() => useBackend("wasm"));
describeConformance(realnvp, { describe, it });
describeConformance(glow, { describe, it });
