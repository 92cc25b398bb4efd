import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, it } from "vitest";
import { describeConformance } from "./index.js";
import { bigrams } from "./testing/bigrams.js";
import { normal } from "./testing/normal.js";
import { rasters } from "./testing/rasters.js";
import { shear } from "./testing/shear.js";
import { tagger } from "./testing/tagger.js";

beforeAll(() => useBackend("cpu"));
describeConformance(normal, { describe, it, key: key(1) });
describeConformance(bigrams, { describe, it });
describeConformance(rasters, { describe, it });
describeConformance(shear, { describe, it });
describeConformance(tagger, { describe, it });
