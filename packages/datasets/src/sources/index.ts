import { imageSources } from "./images.js";
import { poemSources } from "./poems.js";
import { pointSources } from "./points.js";
import { tableSources } from "./tables.js";
import type { Source } from "./types.js";

/** All data sets that can be asked for by name. */
export const sources: readonly Source[] = [...pointSources, ...tableSources, ...poemSources, ...imageSources];
