import type { NumericArray, Rows } from "@gen/core";
import { InputError } from "@gen/core/parallel";
import { numbersOf, placeOf, type FieldOfX } from "../columns.js";
import type { Membership } from "../membership.js";
import type { Sums } from "../parts/sums.js";
import { momentsOf, type Moments } from "./moments.js";
import { supports, type Support } from "./supports.js";

/** How a real column is counted: plain data. */
export interface MomentCounter {
  readonly kind: "moments";
  readonly source: FieldOfX;
  /** The distribution's name, for errors. */
  readonly distribution: string;
  readonly takes: Support;
  readonly order: 2 | 4;
  /** Whether moments are the logarithm's. */
  readonly isLogged: boolean;
}

/** undefined where an optional column is not there. @throws InputError for a number that the distribution does not take. */
export function countMoments(counter: MomentCounter, x: Rows, membership: Membership): Sums | undefined {
  const data = numbersOf(x, counter.source);
  return data && asSums(momentsOf(counter.source, values(counter, data), membership, counter.order));
}

/** The numbers whose moments are taken, each looked at where the distribution does not take all. */
function values({ source, distribution, takes, isLogged }: MomentCounter, data: NumericArray): NumericArray {
  if (takes === "any") return data;
  const { test, words } = supports[takes];
  return Float64Array.from(data, (value, i) => {
    if (Number.isNaN(value)) return NaN;
    if (!test(value))
      throw new InputError(
        `${placeOf(source, i)} is ${value}, and ${distribution} takes ${words}: choose another distribution for the column, or mend the row.`,
      );
    return isLogged ? Math.log(value) : value;
  });
}

export const asMoments = (sums: Sums): Moments => sums as unknown as Moments;
export const asSums = (moments: Moments): Sums => moments as unknown as Sums;
