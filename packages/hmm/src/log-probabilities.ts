import type { Layout } from "./layout.js";
import type { Parameters } from "./parameters.js";

/** Parameters as natural logarithms, row-major; -Infinity for what never happens. */
export interface LogProbabilities {
  readonly states: number;
  /** log p(first state), [states]. */
  readonly initial: Float64Array;
  /** log p(next state | state), [states, states]. */
  readonly transition: Float64Array;
  /** Of each column of categories (of each element, when it has a shape) log p(level | state), [states, levels]. */
  readonly categories: readonly {
    readonly field: string;
    readonly element: number;
    readonly levels: number;
    readonly logProbs: Float64Array;
  }[];
  /** The tag that each state stands for, where the data have tags. */
  readonly tags?: Int32Array;
}

export function logProbabilitiesOf({ chain, emissions, tags }: Parameters, layout: Layout): LogProbabilities {
  return {
    states: chain.states,
    initial: chain.initial.map(Math.log),
    transition: chain.transition.map(Math.log),
    categories: emissions.flatMap((emission, i) => {
      const track = layout.tracks[i]!;
      if (emission.kind !== "categorical" || track.kind !== "categorical") return [];
      const { levels, probabilities } = emission;
      const { field, element } = track;
      return [{ field, element, levels, logProbs: probabilities.map(Math.log) }];
    }),
    ...(tags && { tags: tags.slice() }),
  };
}
