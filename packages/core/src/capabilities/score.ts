import { elements, read, select, take } from "../data/index.js";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { has } from "./has.js";
import type { Capable } from "./types.js";

/** A likelihood that says what it is. `nats` and `elements` (scalar dimensions of x) are one per row. */
export type Score =
  | {
      readonly kind: "exact" | "bound";
      readonly nats: Float64Array;
      readonly elements: Float64Array;
      /** Of log p(x | …): the fields that are given. */
      readonly given?: readonly string[];
    }
  | { readonly kind: "none"; readonly reason: string };

/**
 * log p(x) of rows in nats, in the data's units: exact where the model has a density, a lower bound where it has
 * only that, else the reason why there is none. Of a model that has either only under a condition, and rows that carry
 * one, log p(x | condition).
 */
export async function score(
  model: Capable,
  x: Rows,
  options: { readonly key: Key; readonly samples?: number },
): Promise<Score> {
  const { view, given, reason } = likelihoodOf(model, x);
  const told = (kind: "exact" | "bound", nats: Float64Array): Score => ({
    kind,
    nats,
    elements: elements(view.spec, x),
    ...(given !== undefined && { given }),
  });
  if (has(view, "density")) return told("exact", await read(view.logProb(x)));
  if (has(view, "bound")) return told("bound", await read(view.elbo(x, options.key, options.samples)));
  return { kind: "none", reason: reason ?? "the family defines no likelihood" };
}

interface View {
  readonly view: Capable;
  readonly given?: readonly string[];
  /** Why there is no likelihood. */
  readonly reason?: string | undefined;
}

const hasLikelihood = (model: Capable): boolean => has(model, "density") || has(model, "bound");
const reasonOf = ({ absent }: Capable): string | undefined => absent?.density ?? absent?.bound;

/** The model, or what is given when only that has a likelihood and the rows carry the condition. */
function likelihoodOf(model: Capable, x: Rows): View {
  const plain = { view: model, reason: reasonOf(model) };
  if (hasLikelihood(model) || !has(model, "conditional")) return plain;
  const names = Object.keys(model.condition.fields);
  if (x.length === 0 || !names.every((name) => Object.hasOwn(x.columns, name))) return plain;
  const conditions = select(x, names);
  const first = model.given(take(conditions, Int32Array.of(0)));
  if (!hasLikelihood(first)) return { view: model, reason: reasonOf(first) ?? plain.reason };
  return { view: model.given(conditions), given: names };
}

/** Mean bits per dimension of a score: -nats / (elements ln 2). */
export function bitsPerDimension(score: Extract<Score, { nats: Float64Array }>): number {
  const sum = (values: Float64Array): number => values.reduce((total, v) => total + v, 0);
  return -sum(score.nats) / (sum(score.elements) * Math.LN2);
}
