import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { complementNaiveBayes } from "./complement/index.js";
import { naiveBayes } from "./index.js";

beforeAll(() => useBackend("cpu"));
describeConformance(naiveBayes, { describe, it, level: "full" });
describeConformance(complementNaiveBayes, { describe, it, level: "full" });
