import { scalar } from "@tensorflow/tfjs-core";
import { column, type Column, type Rows, type ScoredPath } from "@gen/core";
import { broken, type Breaks } from "./broken.js";
import type { Fault } from "./faults.js";
import { original } from "./replaced.js";
import { tagger, type Tagger } from "./tagger.js";

const fault = (check: string, name: string, says: RegExp, breaks: Breaks<Tagger>): Fault => ({
  check: `sequence-${check}`,
  name,
  says,
  plugin: broken(tagger, breaks),
});

type Member = "logPartition" | "marginals" | "viterbi" | "bestPaths" | "given" | "logProb";

/** A member with something done to what it gives. */
const changed =
  <M extends Member>(member: M, change: (found: ReturnType<Tagger[M]>, x: Rows) => unknown) =>
  (model: Tagger): object => {
    const method = original<(...args: unknown[]) => ReturnType<Tagger[M]>>(model, member);
    return { [member]: (x: Rows, ...rest: unknown[]) => change(method(x, ...rest), x) };
  };

const numbers = (change: (value: number, at: number) => number) => (found: Column) => ({
  ...found,
  data: (found.data as Float64Array).map(change),
});

const paths = (change: (list: readonly ScoredPath[]) => readonly ScoredPath[]) =>
  changed("bestPaths", (found) => found.map(change));

const isEmpty = (x: Rows): boolean => column(x, "symbols").lengths!.some((length) => length === 0);

/** Faults of a family that tells paths beside sequences. */
export const sequenceFaults: readonly Fault[] = [
  fault("marginals", "no probabilities", /Σ p\(tag \| x\) in row 1/, {
    model: changed(
      "marginals",
      numbers((p) => 0.9 * p),
    ),
  }),
  fault("marginals", "logarithms of them", /a probability in row 1 is -/, {
    model: changed("marginals", numbers(Math.log)),
  }),
  fault("marginals", "one row for all", /the marginals of row 1: \d+ elements instead of/, {
    model: changed("marginals", (found) => ({
      ...found,
      lengths: found.lengths!.map((_, row) => (row === 0 ? (found.data as Float64Array).length / 2 : 0)),
    })),
  }),
  fault("marginals", "rows that feel each other", /the log-partition of row 1, beside it alone/, {
    model: changed("logPartition", (found) => found.map((value) => value - found.length)),
  }),
  fault("paths", "worst first", /path 2 of row 1 scores/, { model: paths((list) => list.toReversed()) }),
  fault("paths", "all of them", /\d+ paths of row 1 where 5 were asked/, {
    model: (model) => {
      const all = original<Tagger["bestPaths"]>(model, "bestPaths");
      return { bestPaths: (x: Rows) => all(x, Infinity) };
    },
  }),
  fault("paths", "likelier than all together", /above the log-partition/, {
    model: paths((list) => list.map((path) => ({ ...path, score: path.score + 9 }))),
  }),
  fault("paths", "the second best first", /best 2 paths of row 1|scores more/, {
    model: paths((list) => (list.length === 2 ? list : list.slice(1))),
  }),
  fault("paths", "another likeliest path", /the likeliest path of row 1 is/, {
    model: changed(
      "viterbi",
      numbers((tag) => 1 - tag),
    ),
  }),
  fault("paths", "tags from 1", /has the tag 2 among 2/, {
    model: changed(
      "viterbi",
      numbers((tag) => tag + 1),
    ),
  }),
  fault("enumeration", "a path twice", /are there twice/, {
    model: paths((list) => [list[0]!, ...list.slice(0, -1)]),
  }),
  fault("enumeration", "a path is missing", /the log-partition of row 1 cut to 1/, {
    model: paths((list) => list.slice(0, Math.max(1, list.length - 1))),
  }),
  fault("enumeration", "another density", /log p\(x\) of row 1 cut to 1/, {
    model: changed("logProb", (found) => found.map((value) => value + 0.1)),
  }),
  fault("enumeration", "filtered, not smoothed", /the marginals of row 1 cut to 2/, {
    model: (model) => {
      const marginals = original<Tagger["marginals"]>(model, "marginals");
      // Of the first element what it alone would say.
      return {
        marginals(x: Rows) {
          const found = marginals(x);
          const { data, lengths } = column(x, "symbols");
          const starts = { data: (data as Int32Array).slice(0, 1), shape: [], lengths: Int32Array.of(1) };
          if (lengths!.length > 1 || lengths![0]! === 0) return found;
          const first = marginals({ length: 1, columns: { symbols: starts } }).data as Float64Array;
          return {
            ...found,
            data: Float64Array.of(...first, ...(found.data as Float64Array).subarray(first.length)),
          };
        },
      };
    },
  }),
  fault("posterior", "not given x", /log p\(tags \| x\) of row 1 cut to 1/, {
    model: changed("given", (view, x) => ({
      ...view,
      logProb: (asked: Rows) => (view.logProb(asked) as Float64Array).map((value) => value - 0.1 * x.length),
    })),
  }),
  fault("empty", "NaN", /the log-partition of an empty sequence is NaN/, {
    model: changed("logPartition", (found, x) => (isEmpty(x) ? found.map(() => NaN) : found)),
  }),
  fault("empty", "an error of another kind", /viterbi of an empty sequence: threw RangeError/, {
    model: changed("viterbi", (found, x) => {
      if (isEmpty(x)) throw new RangeError("no last element");
      return found;
    }),
  }),
  fault("empty", "no path", /has no path, not even an empty one/, {
    model: changed("bestPaths", (found, x) => (isEmpty(x) ? found.map(() => []) : found)),
  }),
  fault("leaks", "no tidy", /viterbi left 1 tensors behind/, {
    model: changed("viterbi", (found) => {
      scalar(1);
      return found;
    }),
  }),
];
