import type { Tensor } from "@tensorflow/tfjs-core";
import { transport, type Key, type Rows } from "@gen/core";
import { oneHot } from "@gen/nn";
import type { Architecture, Step } from "./architecture.js";
import type { Layout } from "./layout.js";

/** The classes of a draw, and the column that tells of them. */
export interface DrawnClasses {
  readonly name: string;
  readonly levels: number;
  /** int32 [count]. */
  draw(key: Key, count: number): Tensor;
}

interface Parts {
  readonly architecture: Architecture;
  readonly layout: Layout;
}

/**
 * Latents on their way to the data, one learned step at a time. On the way all scales are laid out as the data are, so
 * that pictures of the base's noise turn into pictures of the data.
 */
export function protocolOf({ architecture, layout }: Parts, classes?: DrawnClasses) {
  const stepsFor = (y: Tensor | undefined): readonly Step[] =>
    architecture.steps(y && classes ? oneHot(y, classes.levels) : undefined);
  const starts = startsOf(stepsFor(undefined));
  return transport({
    base: architecture.base,
    given: (key, count) => ({ y: classes?.draw(key, count) }),
    layers: starts.length,
    pass: (z, layer, { y }) =>
      stepsFor(y)
        .slice(starts[layer], starts[layer + 1])
        .reduce((value, step) => step.forward(value), z),
    show(z, passed, { y }) {
      const [x] = stepsFor(undefined)
        .slice(passed < starts.length ? starts[passed] : Infinity)
        .reduce((value, step) => (step.rearranges ? step.forward(value) : value), z);
      return labelled(layout.toRows(x!), classes && y && { name: classes.name, y });
    },
  });
}

/** Where each learned step begins, with what only moves elements after it; what stands before the first goes with it. */
function startsOf(steps: readonly Step[]): number[] {
  const learned = [...steps.keys()].filter((i) => !steps[i]!.rearranges);
  return learned.map((start, i) => (i === 0 ? 0 : start));
}

/** The rows with their classes. */
export const labelled = (x: Rows, label: { readonly name: string; readonly y: Tensor } | undefined): Rows =>
  label ? { ...x, columns: { ...x.columns, [label.name]: { data: label.y, shape: [] } } } : x;
