import type { Column, Key, NumericArray, Rows } from "@gen/core";
import { gammas, poissons } from "@gen/core/random";
import type { FieldOfX } from "../columns.js";
import { classWeights, type Membership } from "../membership.js";
import { plus, type FittedPart, type Part, type Sums } from "../parts/part.js";
import { Events } from "./events.js";
import { eventsOf, isMissing } from "./gather.js";
import { addLogMultinomial, multinomialOf, type Multinomial } from "./multinomial.js";
import { mergeTotals, momentsOfTotals, totalOf, type TotalMoments } from "./total.js";

/** Columns that count events of as many kinds: one multinomial in each class, over all of them together. */
export class Counts implements Part {
  readonly name: string;
  readonly shapes: Part["shapes"];
  private readonly events: Events;

  constructor(
    private readonly fields: readonly FieldOfX[],
    private readonly alpha: number,
    classes: number,
  ) {
    this.events = new Events(fields, classes, "whole");
    this.name = this.events.name;
    this.shapes = { ...this.events.shapes, rows: [classes], totals: [3] };
  }

  collect(x: Rows, membership: Membership): Sums {
    const columns = eventsOf(x, this.fields, "whole");
    return {
      ...this.events.collect(x, membership),
      rows: classWeights(membership),
      totals: asArray(this.totalMoments(x.length, columns, membership)),
    };
  }

  merge(a: Sums, b: Sums): Sums {
    return {
      ...this.events.merge(a, b),
      rows: plus(a["rows"]!, b["rows"]!),
      totals: asArray(mergeTotals(totalsIn(a), totalsIn(b))),
    };
  }

  negated(sums: Sums): Sums {
    const { weight, mean, second } = totalsIn(sums);
    return {
      ...this.events.negated(sums),
      totals: asArray({ weight: -weight, mean, second: -second }),
    };
  }

  largestVariance(): number {
    return 0;
  }

  withoutValues(sums: Sums): readonly string[] {
    return this.events.withoutValues(sums);
  }

  fit(sums: Sums): FittedPart {
    const { fields, alpha } = this;
    const model = multinomialOf(sums["counts"]!, sums["seen"]!, {
      weights: sums["rows"]!,
      alpha,
      total: totalOf(totalsIn(sums)),
    });
    return {
      addLogProb: (x, into) => addLogMultinomial(model, fields, eventsOf(x, fields, "whole"), into),
      draw: (key, y) => drawCounts(key, y, fields, model),
    };
  }

  /** Of rows without gaps, whose totals are known. */
  private totalMoments(
    rows: number,
    columns: readonly (NumericArray | undefined)[],
    membership: Membership,
  ): TotalMoments {
    const totals = new Float64Array(rows);
    this.fields.forEach(({ size }, k) => {
      const data = columns[k];
      if (data) addTotals(data, size, totals);
      else totals.fill(NaN);
    });
    const weights = new Float64Array(rows);
    for (const { rows: own, weights: shares } of membership)
      for (let i = 0; i < own.length; i++) weights[own[i]!]! += shares ? shares[i]! : 1;
    totals.forEach((total, row) => {
      if (Number.isNaN(total)) totals[row] = weights[row] = 0;
    });
    return momentsOfTotals(totals, weights);
  }
}

/** NaN where an element is missing. */
function addTotals(data: NumericArray, size: number, totals: Float64Array): void {
  for (let row = 0, at = 0; row < totals.length; row++) {
    let sum = 0;
    for (const end = at + size; at < end; at++) {
      const count = data[at]!;
      sum += isMissing(count) ? NaN : count;
    }
    totals[row] = totals[row]! + sum;
  }
}

const asArray = ({ weight, mean, second }: TotalMoments): Float64Array =>
  Float64Array.of(weight, mean, second);

function totalsIn({ totals }: Sums): TotalMoments {
  const [weight, mean, second] = totals!;
  return { weight: weight!, mean: mean!, second: second! };
}

/** Poisson numbers of a common gamma rate: a negative binomial total, parted by a multinomial. */
function drawCounts(
  key: Key,
  y: Int32Array,
  fields: readonly FieldOfX[],
  { classes, logShares, total }: Multinomial,
): Readonly<Record<string, Column>> {
  const spread = Number.isFinite(total.successes)
    ? gammas(key.fold("rate"), new Float64Array(y.length).fill(total.successes), y.length).map(
        (gamma) => gamma / total.successes,
      )
    : new Float64Array(y.length).fill(1);
  let offset = 0;
  const columns = fields.map(({ name, field, size }): [string, Column] => {
    const rates = new Float64Array(y.length * size);
    for (let i = 0; i < rates.length; i++) {
      const row = Math.floor(i / size);
      rates[i] = total.mean * spread[row]! * Math.exp(logShares[(offset + (i % size)) * classes + y[row]!]!);
    }
    offset += size;
    const drawn = poissons(key.fold(name), rates, rates.length);
    const data =
      field.type === "category"
        ? Int32Array.from(drawn, (count) => Math.min(count, field.levels - 1))
        : Float64Array.from(drawn);
    return [name, { data, shape: field.shape }];
  });
  return Object.fromEntries(columns);
}
