import type { NamedArray, Rows } from "@gen/core";
import { InputError } from "@gen/core/parallel";
import { count } from "./counters.js";
import { classWeights, type Membership } from "./membership.js";
import type { Counted } from "./parts/part.js";
import { emptySums, plus, sizeOf, type Sums } from "./parts/sums.js";

/** All that is learned from rows: the weight of each class and the sums of each part. They add up. */
export interface Statistics {
  /** [classes] */
  readonly classWeights: Float64Array;
  readonly parts: readonly Sums[];
}

/** Of no rows at all. */
export const emptyStatistics = (parts: readonly Counted[], classes: number): Statistics => ({
  classWeights: new Float64Array(classes),
  parts: parts.map(({ shapes }) => emptySums(shapes)),
});

/** Of some rows: a pure function of them. @throws InputError for values that a column can't have. */
export const collect = (
  parts: readonly Pick<Counted, "counter" | "shapes">[],
  x: Rows,
  membership: Membership,
): Statistics => ({
  classWeights: classWeights(membership),
  parts: parts.map((part) => count(part, x, membership)),
});

/** Of both. Counts are exact, moments agree in any order to 1e-12. */
export const merge = (parts: readonly Counted[], a: Statistics, b: Statistics): Statistics => ({
  classWeights: plus(a.classWeights, b.classWeights),
  parts: parts.map((part, i) => part.merge(a.parts[i]!, b.parts[i]!)),
});

/** Of a without b, which it holds. */
export const without = (parts: readonly Counted[], a: Statistics, b: Statistics): Statistics =>
  merge(parts, a, {
    classWeights: b.classWeights.map((weight) => -weight),
    parts: parts.map((part, i) => part.negated(b.parts[i]!)),
  });

/** The sums of a part that count rows or events, so that none is below 0. */
const counts = ["weights", "counts", "seen", "rows"];

/** Whether no count of what is left of a whole fell below 0, but for rounding. */
export const isPartOf = (left: Statistics, whole: Statistics): boolean =>
  isWithin(left.classWeights, whole.classWeights) &&
  left.parts.every((sums, i) =>
    counts.every((name) => isWithin(sums[name] ?? none, whole.parts[i]![name] ?? none)),
  );

const none = new Float64Array();
const isWithin = (left: Float64Array, whole: Float64Array): boolean =>
  left.every((value, i) => value >= -1e-9 * Math.abs(whole[i]!));

/** Statistics as named arrays, for a file. */
export function toState(parts: readonly Counted[], statistics: Statistics): Map<string, NamedArray> {
  const state = new Map<string, NamedArray>([
    [
      "classes",
      {
        dtype: "F64",
        shape: [statistics.classWeights.length],
        data: statistics.classWeights.slice(),
      },
    ],
  ]);
  parts.forEach(({ name, shapes }, i) => {
    for (const [key, shape] of Object.entries(shapes))
      state.set(`x/${name}/${key}`, { dtype: "F64", shape, data: statistics.parts[i]![key]!.slice() });
  });
  return state;
}

/** The inverse of `toState`. @throws InputError when an array is missing or has the wrong size. */
export function fromState(
  parts: readonly Counted[],
  classes: number,
  state: ReadonlyMap<string, NamedArray>,
): Statistics {
  const saved = (name: string, length: number): Float64Array => {
    const data = state.get(name)?.data;
    if (!(data instanceof Float64Array) || data.length !== length)
      throw new InputError(`The saved model's "${name}" is missing or has the wrong size.`);
    return data.slice();
  };
  return {
    classWeights: saved("classes", classes),
    parts: parts.map(({ name, shapes }) =>
      Object.fromEntries(
        Object.entries(shapes).map(([key, shape]) => [key, saved(`x/${name}/${key}`, sizeOf(shape))]),
      ),
    ),
  };
}
