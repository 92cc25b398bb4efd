import { eStep, type OfComplete } from "../em/e-step.js";
import { merge, type Moments } from "../em/moments.js";
import { prepare, type Prepared } from "../em/prepared.js";
import type { Mixture } from "../mixture/mixture.js";
import type { Chunk } from "./chunk.js";

/** One entry for each class and each course that still learns; undefined where one has finished. */
export type ByCourse<T> = readonly (readonly (T | undefined)[])[];

/** The E step of every class and course over a chunk: a pure function, but for what it keeps ready of the chunk. */
export function collect(
  chunk: Chunk,
  mixtures: ByCourse<Mixture>,
  ofComplete?: OfComplete,
): ByCourse<Moments> {
  const prepared = preparedOf(chunk);
  return mixtures.map((courses, c) => {
    const own = prepared[c]!;
    const isEmpty = own.complete.length === 0 && own.incomplete.length === 0;
    return courses.map((mixture) => (mixture && !isEmpty ? eStep(mixture, own, ofComplete) : undefined));
  });
}

/** Moments of two chunks, added. */
export const mergeAll = (a: ByCourse<Moments>, b: ByCourse<Moments>): ByCourse<Moments> =>
  a.map((courses, c) =>
    courses.map((left, course) => {
      const right = b[c]![course];
      return left && right ? merge(left, right) : (left ?? right);
    }),
  );

/** Chunks that have come once: only what comes again is worth being held. */
const seen = new WeakSet<Chunk>();

/** Numbers of features that all chunks together may hold: 512 MB. */
let free = 2 ** 26;
const ready = new WeakMap<Chunk, readonly Prepared[]>();
const gone = new FinalizationRegistry<{ numbers: number }>(({ numbers }) => (free += numbers));

function preparedOf(chunk: Chunk): readonly Prepared[] {
  const known = ready.get(chunk);
  if (known) return known;
  if (!seen.has(chunk)) {
    seen.add(chunk);
    return chunk.classes.map(({ x, weights }) => prepare(x, chunk.columns, { weights }));
  }
  const held = { numbers: 0 };
  const keep = (numbers: number): boolean => {
    if (numbers > free) return false;
    free -= numbers;
    held.numbers += numbers;
    return true;
  };
  const made = chunk.classes.map(({ x, weights }) => prepare(x, chunk.columns, { weights, keep }));
  ready.set(chunk, made);
  gone.register(chunk, held);
  return made;
}
