import { elements, read, select, take } from "../data/index.js";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { has } from "./has.js";
import type { Capable } from "./types.js";

/** A likelihood that says what it is. `nats` and `elements` (scalar dimensions of x) are one per row. */
export type Score =
  | { readonly kind: "exact" | "bound"; readonly nats: Float64Array; readonly elements: Float64Array }
  | { readonly kind: "none"; readonly reason: string };

/**
 * log p(x) of rows in nats, in the data's units: exact where the model has a density, a lower bound where it has
 * only that, else the reason why there is none.
 */
export async function score(
  model: Capable,
  x: Rows,
  options: { readonly key: Key; readonly samples?: number },
): Promise<Score> {
  const view = condition(model, x);
  if (has(view, "density"))
    return { kind: "exact", nats: await read(view.logProb(x)), elements: elements(view.spec, x) };
  if (has(view, "bound"))
    return {
      kind: "bound",
      nats: await read(view.elbo(x, options.key, options.samples)),
      elements: elements(view.spec, x),
    };
  const reason = view.absent?.density ?? view.absent?.bound ?? "the family defines no likelihood";
  return { kind: "none", reason };
}

/** Goes through `given` when only that has a likelihood and the rows carry the condition. */
function condition(model: Capable, x: Rows): Capable {
  if (has(model, "density") || has(model, "bound") || !has(model, "conditional")) return model;
  const names = Object.keys(model.condition.fields);
  if (x.length === 0 || !names.every((name) => Object.hasOwn(x.columns, name))) return model;
  const conditions = select(x, names);
  const probe = model.given(take(conditions, Int32Array.of(0)));
  return has(probe, "density") || has(probe, "bound") ? model.given(conditions) : model;
}

/** Mean bits per dimension of a score: -nats / (elements ln 2). */
export function bitsPerDimension(score: Extract<Score, { nats: Float64Array }>): number {
  const sum = (values: Float64Array): number => values.reduce((total, v) => total + v, 0);
  return -sum(score.nats) / (sum(score.elements) * Math.LN2);
}
