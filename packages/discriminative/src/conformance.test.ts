import { describeConformance } from "@gen/conformance";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { crf } from "./crf/index.js";
import { logisticRegression } from "./logistic-regression/index.js";

beforeAll(() => useBackend("cpu"));
describeConformance(logisticRegression, { describe, it, level: "full" });
describeConformance(crf, { describe, it, level: "full" });
