import type { Column, Key } from "@gen/core";
import { gammas, poissons } from "@gen/core/random";
import type { FieldOfX } from "../columns.js";
import { evaluate } from "../evaluators.js";
import type { FittedPart, Part } from "../parts/part.js";
import { plus, type Sums } from "../parts/sums.js";
import { Events } from "./events.js";
import { multinomialOf, type Multinomial } from "./multinomial.js";
import { mergeTotals, totalOf, type TotalMoments } from "./total.js";

/** Columns that count events of as many kinds: one multinomial in each class, over all of them together. */
export class Counts implements Part {
  readonly name: string;
  readonly shapes: Part["shapes"];
  readonly counter: Part["counter"];
  private readonly events: Events;

  constructor(
    private readonly fields: readonly FieldOfX[],
    private readonly alpha: number,
    classes: number,
  ) {
    this.events = new Events(fields, classes, "whole");
    this.counter = { kind: "events", fields, taken: "whole", hasTotals: true };
    this.name = this.events.name;
    this.shapes = { ...this.events.shapes, rows: [classes], totals: [3] };
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
    const evaluator = { kind: "multinomial", fields, model } as const;
    return {
      evaluator,
      addLogProb: (x, into) => evaluate(evaluator, x, into),
      draw: (key, y) => drawCounts(key, y, fields, model),
    };
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
