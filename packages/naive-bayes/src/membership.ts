import { InputError } from "@gen/core/parallel";

/** The rows that a class takes, each with its weight; without weights each counts as 1. */
export interface Members {
  readonly rows: Int32Array;
  readonly weights?: Float64Array;
}

/** For each class its rows. A row may belong to several, by shares. */
export type Membership = readonly Members[];

/** Rows by their label, -1 for none: those belong to no class. `weights` has a number for each row. */
export function byLabel(labels: Int32Array, classes: number, weights?: Float64Array): Membership {
  const counts = new Int32Array(classes);
  for (const label of labels) if (label >= 0) counts[label]!++;
  const rows = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label >= 0) rows[label]![filled[label]!++] = row;
  }
  if (!weights) return rows.map((own) => ({ rows: own }));
  checkWeights(weights, labels.length);
  return rows.map((own) => ({ rows: own, weights: Float64Array.from(own, (row) => weights[row]!) }));
}

/** Below this share of a row a class takes nothing from it: the sums would not change in float64. */
const negligible = 1e-20;

/**
 * Labelled rows as they are, and each row without a label in every class by its posterior times `weight`: the E step.
 * The posterior is [rows, classes] in probabilities.
 */
export function byPosterior(
  labels: Int32Array,
  classes: number,
  posterior: Float64Array,
  weight: number,
): Membership {
  return Array.from({ length: classes }, (_, c) => {
    const rows: number[] = [];
    const weights: number[] = [];
    labels.forEach((label, row) => {
      const share = label >= 0 ? (label === c ? 1 : 0) : weight * posterior[row * classes + c]!;
      if (share < negligible) return;
      rows.push(row);
      weights.push(share);
    });
    return { rows: Int32Array.from(rows), weights: Float64Array.from(weights) };
  });
}

/** The weight of each class. */
export const classWeights = (membership: Membership): Float64Array =>
  Float64Array.from(membership, ({ rows, weights }) =>
    weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows.length,
  );

function checkWeights(weights: Float64Array, rows: number): void {
  if (weights.length !== rows)
    throw new InputError(`There are ${weights.length} weights for ${rows} rows: give one for each.`);
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong !== -1)
    throw new InputError(
      `The weight of row ${wrong + 1} is ${weights[wrong]!}: give finite numbers of at least 0.`,
    );
}
