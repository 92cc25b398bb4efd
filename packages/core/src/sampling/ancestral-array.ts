import type { Tensor } from "@tensorflow/tfjs-core";
import { equal, expandDims, fill, range, where } from "../backend/engine.js";
import type { Autoregressive } from "../capabilities/types.js";
import { Categorical } from "../distributions/categorical.js";
import type { Tree } from "../types.js";
import { drawNext } from "./draw-next.js";
import { symbolOptions } from "./options.js";
import type { SamplingProtocol } from "./types.js";

/** Symbols not yet drawn are -1. `pending` was drawn but not yet appended. */
type State<S extends Tree> = {
  readonly chain: S;
  readonly drawn: Tensor;
  readonly pending?: Tensor;
  readonly logits?: Tensor;
};

/**
 * Ancestral sampling of rows of `length` symbols each, as an image pixel by pixel: x_i ~ p(x_i | x_<i), with a
 * temperature of 0 always the likeliest. In what is to be seen meanwhile, symbols not yet drawn are missing.
 */
export function ancestralArray<S extends Tree>(
  chain: Autoregressive<S>,
  length: number,
): SamplingProtocol<State<S>, typeof symbolOptions> {
  const assembled = ({ drawn }: State<S>) => chain.assemble({ data: drawn, shape: [length] });
  return {
    kind: "ancestral",
    options: symbolOptions,
    alphabet: chain.alphabet,
    steps: () => length,
    begin: (_, count) => ({ chain: chain.begin(count), drawn: fill([count, length], -1, "int32") }),
    advance({ chain: before, drawn, pending }, { step, key }, options) {
      const state = pending === undefined ? before : chain.append(before, expandDims(pending, 1));
      const { logits, symbols } = drawNext(chain.next(state), key, options);
      const here = expandDims(equal(range(0, length, 1, "int32"), step), 0);
      return { chain: state, drawn: where(here, expandDims(symbols, 1), drawn), pending: symbols, logits };
    },
    view: (state) => ({
      x: assembled(state),
      ...(state.pending && state.logits
        ? { next: { distribution: new Categorical({ logits: state.logits }), chosen: state.pending } }
        : {}),
    }),
    finish: assembled,
  };
}
