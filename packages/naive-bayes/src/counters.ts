import type { Rows } from "@gen/core";
import { gather, type Taken } from "./counts/gather.js";
import { momentsOfTotals } from "./counts/total.js";
import type { FieldOfX } from "./columns.js";
import { countColumn, type LevelCounter } from "./levels/count.js";
import { classWeights, type Membership } from "./membership.js";
import { emptySums, type Shapes, type Sums } from "./parts/sums.js";
import { countMoments, type MomentCounter } from "./reals/count.js";

/** How columns that count events are counted, and whether the rows' totals are too: plain data. */
interface EventCounter {
  readonly kind: "events";
  readonly fields: readonly FieldOfX[];
  readonly taken: Taken;
  readonly hasTotals: boolean;
}

/** How a part is counted: plain data, that can be sent to another thread. */
export type Counter = MomentCounter | LevelCounter | EventCounter;

/** The sums of some rows: a pure function. @throws InputError for a value that a column can't have, naming it and its row. */
export function count(
  { counter, shapes }: { readonly counter: Counter; readonly shapes: Shapes },
  x: Rows,
  membership: Membership,
): Sums {
  switch (counter.kind) {
    case "moments":
      return countMoments(counter, x, membership) ?? emptySums(shapes);
    case "levels":
      return countColumn(counter, x, membership) ?? emptySums(shapes);
    case "events":
      return countEvents(counter, x, membership);
  }
}

function countEvents({ fields, taken, hasTotals }: EventCounter, x: Rows, membership: Membership): Sums {
  const { counts, seen, totals } = gather(x, fields, taken, membership);
  if (!hasTotals) return { counts, seen };
  const { weight, mean, second } = momentsOfTotals(totals, rowWeights(x.length, membership));
  return { counts, seen, rows: classWeights(membership), totals: Float64Array.of(weight, mean, second) };
}

/** What each row weighs in all classes together. */
function rowWeights(rows: number, membership: Membership): Float64Array {
  const weights = new Float64Array(rows);
  for (const members of membership)
    for (let i = 0; i < members.rows.length; i++)
      weights[members.rows[i]!]! += members.weights ? members.weights[i]! : 1;
  return weights;
}
