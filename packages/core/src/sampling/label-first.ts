import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rows } from "../data/types.js";
import type { Distribution } from "../distributions/types.js";
import type { Schema } from "../plugin/schema.js";
import type { Tree } from "../types.js";
import type { SamplingProtocol } from "./types.js";

type State<S extends Tree> = { readonly y: Tensor; readonly inner: S };

export interface LabelFirstSettings<S extends Tree, O extends Schema> {
  /** The label's column. */
  readonly field: string;
  /** p(y), read when a draw begins, so that it may be a getter that makes tensors. */
  readonly prior: Distribution;
  /** How x is drawn given `[count]` labels; without labels only what does not depend on them is asked for. */
  readonly given: (y?: Tensor) => SamplingProtocol<S, O>;
}

/** Draws a label, y ~ p(y), then x given y step by step; the label stands in the rows from the first frame on. */
export function labelFirst<S extends Tree, O extends Schema>(
  settings: LabelFirstSettings<S, O>,
): SamplingProtocol<State<S>, O> {
  const { field, given } = settings;
  const independent = given();
  const { kind, options, alphabet } = independent;
  const attach = (x: Rows, y: Tensor): Rows => ({
    length: x.length,
    columns: { ...x.columns, [field]: { data: y, shape: [] } },
  });
  return {
    kind,
    options,
    ...(alphabet && { alphabet }),
    steps: (chosen) => independent.steps(chosen),
    begin(key, count, chosen) {
      const [first, rest] = key.split(2);
      const y = settings.prior.sample(first, [count]);
      return { y, inner: given(y).begin(rest, count, chosen) };
    },
    advance: ({ y, inner }, at, chosen) => ({ y, inner: given(y).advance(inner, at, chosen) }),
    view({ y, inner }) {
      const view = given(y).view(inner);
      return { ...view, ...(view.x && { x: attach(view.x, y) }) };
    },
    ...(independent.done && { done: ({ y, inner }: State<S>) => given(y).done!(inner) }),
    finish: ({ y, inner }) => attach(given(y).finish(inner), y),
  };
}
