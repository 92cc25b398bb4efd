import type { Mixture } from "../mixture/mixture.js";
import { incompleteMoments } from "./incomplete-moments.js";
import { merge, noMoments, type Moments } from "./moments.js";
import type { Prepared } from "./prepared.js";
import { rowByRow } from "./row-by-row.js";

/** Moments of complete rows: undefined where this way of taking them can't be gone. */
export type OfComplete = (mixture: Mixture, data: Prepared) => Moments | undefined;

/** Moments of all rows: those without gaps by `ofComplete`, else row by row; those with gaps by what is expected. */
export function eStep(mixture: Mixture, data: Prepared, ofComplete?: OfComplete): Moments {
  const { complete, weights, incomplete } = data;
  const whole =
    complete.length === 0
      ? noMoments(mixture)
      : (ofComplete?.(mixture, data) ?? rowByRow(mixture, complete, weights));
  return incomplete.reduce<Moments>(
    (sum, { part, weights: own }) => merge(sum, incompleteMoments(mixture, part, own)),
    whole,
  );
}
