import { InputError, type DataSpec } from "@gen/core";
import { Crf } from "../crf/model.js";
import { behind } from "../crf/templates.js";
import { weightCount, weightsIn } from "../crf/weights.js";

/** A hidden Markov model of categories: probabilities, or shares that need not sum to 1. */
export interface HmmNumbers {
  /** [states]: of the first element. */
  readonly initial: ArrayLike<number>;
  /** [states][states]: from, to. */
  readonly transition: readonly ArrayLike<number>[];
  /** [states][symbols] */
  readonly emission: readonly ArrayLike<number>[];
  /** Names of the states, which become the tags. */
  readonly states?: readonly string[];
  /** Names of the symbols. */
  readonly symbols?: readonly string[];
  /** Names of the columns, "symbol" and "tag" by default. */
  readonly columns?: { readonly symbol: string; readonly tag: string };
}

/**
 * The conditional random field of a hidden Markov model: its scores are log p(states, symbols), so that it has the same
 * posteriors, and its log-partition is log p(symbols). A missing symbol is summed over. @throws InputError for unlike
 * sizes and for negative numbers.
 */
export function crfFromHmm(hmm: HmmNumbers): Crf {
  const { initial, transition, emission, columns = { symbol: "symbol", tag: "tag" } } = hmm;
  const [states, symbols] = [initial.length, emission[0]?.length ?? 0];
  check("initial", [initial], states);
  check("transition", transition, states, states);
  check("emission", emission, symbols, states);
  const category = (levels: number, names: readonly string[] | undefined) =>
    ({ type: "category", shape: [], sequence: true, levels, ...(names && { names }) }) as const;
  const spec: DataSpec = {
    kind: "sequences",
    fields: {
      [columns.symbol]: { ...category(symbols, hmm.symbols), optional: true },
      [columns.tag]: { ...category(states, hmm.states), role: "y" },
    },
  };
  const model = new Crf(spec, { templates: "0" });
  const vector = new Float64Array(weightCount(symbols * states, states));
  const weights = weightsIn(vector, states);
  const every = Array.from({ length: symbols });
  every.forEach((_, symbol) => {
    for (let state = 0; state < states; state++)
      weights.features[symbol * states + state] = Math.log(emission[state]![symbol]!);
  });
  transition.forEach((row, from) => {
    for (let to = 0; to < states; to++) weights.transitions[from * states + to] = Math.log(row[to]!);
  });
  for (let state = 0; state < states; state++) weights.start[state] = Math.log(initial[state]!);
  model.learn(
    {
      attributes: Float64Array.from(every, (_, symbol) => behind + 1 + symbol),
      offsets: Int32Array.from({ length: symbols + 1 }, (_, symbol) => symbol * states),
      tags: Int32Array.from({ length: symbols * states }, (_, f) => f % states),
    },
    vector,
  );
  return model;
}

function check(name: string, rows: readonly ArrayLike<number>[], width: number, count = 1): void {
  if (width === 0 || rows.length !== count || rows.some((row) => row.length !== width))
    throw new InputError(`crfFromHmm: "${name}" is not ${count} × ${width} numbers, as the others ask for.`);
  for (const row of rows)
    for (const value of Array.from(row))
      if (!(value >= 0 && value < Infinity))
        throw new InputError(`crfFromHmm: "${name}" holds ${value}, which is no probability.`);
}
