import type { Moments } from "./em/moments.js";
import type { Chunk } from "./learning/chunk.js";
import { collect, type ByCourse } from "./learning/collect.js";
import type { Mixture } from "./mixture/mixture.js";

/** What may run in worker threads. */
export const kernels = {
  /** The E step of every class and course over a chunk. */
  expectation: (chunk: Chunk, mixtures: ByCourse<Mixture>): ByCourse<Moments> => collect(chunk, mixtures),
};
