/** The rows that a class takes, each with its weight; without weights each counts as 1. */
export interface Members {
  readonly rows: Int32Array;
  readonly weights?: Float64Array;
}

/** For each class its rows. A row may belong to several, by shares. */
export type Membership = readonly Members[];

/** Rows by their label, -1 for none: those belong to no class, nor do rows of weight 0. `weights` has a number for each row. */
export function byLabel(labels: Int32Array, classes: number, weights?: Float64Array): Membership {
  const known = weights ? labels.map((label, row) => (weights[row]! > 0 ? label : -1)) : labels;
  const counts = new Int32Array(classes);
  for (const label of known) if (label >= 0) counts[label]!++;
  const rows = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(classes);
  for (let row = 0; row < known.length; row++) {
    const label = known[row]!;
    if (label >= 0) rows[label]![filled[label]!++] = row;
  }
  return rows.map((own) => ({
    rows: own,
    ...(weights && { weights: Float64Array.from(own, (row) => weights[row]!) }),
  }));
}

/** Below this share of a row a class takes nothing from it: the sums would not change in float64. */
const negligible = 1e-20;

/**
 * Labelled rows as they are, and each row without a label in every class by its posterior times `unlabelled`: the E step.
 * The posterior is [rows, classes] in probabilities.
 */
export function byPosterior(
  labels: Int32Array,
  classes: number,
  posterior: Float64Array,
  { unlabelled, weights }: { readonly unlabelled: number; readonly weights?: Float64Array | undefined },
): Membership {
  return Array.from({ length: classes }, (_, c) => {
    const rows: number[] = [];
    const shares: number[] = [];
    labels.forEach((label, row) => {
      const own = label >= 0 ? (label === c ? 1 : 0) : unlabelled * posterior[row * classes + c]!;
      const share = weights ? own * weights[row]! : own;
      if (share < negligible) return;
      rows.push(row);
      shares.push(share);
    });
    return { rows: Int32Array.from(rows), weights: Float64Array.from(shares) };
  });
}

/** The weight of each class. */
export const classWeights = (membership: Membership): Float64Array =>
  Float64Array.from(membership, ({ rows, weights }) =>
    weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows.length,
  );
