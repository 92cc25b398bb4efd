import type { Tensor } from "@tensorflow/tfjs-core";
import {
  all,
  cast,
  concat,
  equal,
  expandDims,
  fill,
  logicalOr,
  makeTensor,
  scalar,
  tile,
  where,
  zeros,
} from "../backend/engine.js";
import type { Autoregressive } from "../capabilities/types.js";
import { Categorical } from "../distributions/categorical.js";
import type { Tree } from "../types.js";
import { drawNext } from "./draw-next.js";
import { ancestralOptions } from "./options.js";
import type { SamplingProtocol } from "./types.js";

/** A line being drawn. `pending` was drawn but not yet appended, so that the last symbol costs no forward pass. */
type State<S extends Tree> = {
  readonly chain: S;
  readonly drawn: Tensor;
  readonly pending?: Tensor;
  readonly ended: Tensor;
  readonly logits?: Tensor;
};

export interface AncestralSettings {
  /** Symbols to draw, unless the option `length` says otherwise. */
  readonly length: number;
  /** The symbol after which a line is finished; the rest is filled with it. */
  readonly end?: number;
  /** Symbols that every line begins with. */
  readonly prefix?: Int32Array;
}

/**
 * Ancestral sampling of lines: one symbol after another, each drawn given those before, x_i ~ p(x_i | x_<i).
 * With a temperature of 0 always the likeliest.
 */
export function ancestral<S extends Tree>(
  chain: Autoregressive<S>,
  { length, end, prefix }: AncestralSettings,
): SamplingProtocol<State<S>, typeof ancestralOptions> {
  const assembled = (drawn: Tensor) =>
    chain.assemble({
      data: drawn,
      shape: [],
      lengths: new Int32Array(drawn.shape[0]).fill(drawn.shape[1]!),
    });
  return {
    kind: "ancestral",
    options: ancestralOptions,
    alphabet: chain.alphabet,
    steps: (options) => (options.length > 0 ? options.length : length),
    begin(_, count) {
      const begun = chain.begin(count);
      const given = prefix ?? new Int32Array(0);
      const drawn = tile(makeTensor(given, [1, given.length], "int32"), [count, 1]);
      return {
        chain: given.length > 0 ? chain.append(begun, drawn) : begun,
        drawn,
        ended: cast(zeros([count]), "bool"),
      };
    },
    advance({ chain: before, drawn, pending, ended }, { key }, options) {
      const state = pending === undefined ? before : chain.append(before, expandDims(pending, 1));
      const { logits, symbols } = drawNext(chain.next(state), key, options);
      const chosen = end === undefined ? symbols : where(ended, fill(symbols.shape, end, "int32"), symbols);
      return {
        chain: state,
        drawn: concat([drawn, expandDims(chosen, 1)], 1),
        pending: chosen,
        ended: end === undefined ? ended : logicalOr(ended, equal(chosen, scalar(end, "int32"))),
        logits,
      };
    },
    view: ({ drawn, pending, logits }) => ({
      x: assembled(drawn),
      ...(pending && logits ? { next: { distribution: new Categorical({ logits }), chosen: pending } } : {}),
    }),
    ...(end === undefined ? {} : { done: ({ ended }: State<S>) => all(ended) }),
    finish: ({ drawn }) => assembled(drawn),
  };
}
