import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { vae } from "./index.js";

beforeAll(() => useBackend("wasm"));
describeConformance(vae, { describe, it, level: "full" });
