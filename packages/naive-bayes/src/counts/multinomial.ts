import type { NumericArray } from "@gen/core";
import { float64 } from "@gen/core/math";
import type { FieldOfX } from "../columns.js";
import { isMissing, widthOf } from "./gather.js";
import { logTotal, type Total } from "./total.js";

/** log P of each event in each class, [width, classes], with what a row's total is like. */
export interface Multinomial {
  readonly classes: number;
  readonly logShares: Float64Array;
  readonly total: Total;
}

/**
 * Each class's events are drawn with probability (N + α) / Σ (N + α); counts of an element that some rows lack stand
 * for all rows. Both [classes, width].
 */
export function multinomialOf(
  counts: Float64Array,
  seen: Float64Array,
  {
    weights,
    alpha,
    total,
  }: { readonly weights: Float64Array; readonly alpha: number; readonly total: Total },
): Multinomial {
  const classes = weights.length;
  const width = counts.length / classes;
  const logShares = new Float64Array(counts.length);
  for (let c = 0; c < classes; c++) {
    const own = Float64Array.from({ length: width }, (_, j) => {
      const [count, of] = [Math.max(0, counts[c * width + j]!), seen[c * width + j]!];
      return (of > 0 && of < weights[c]! ? (count / of) * weights[c]! : count) + alpha;
    });
    const sum = own.reduce((a, b) => a + b, 0);
    own.forEach((mass, j) => (logShares[j * classes + c] = Math.log(sum > 0 ? mass / sum : 1 / width)));
  }
  return { classes, logShares, total };
}

/**
 * Adds log P(counts | y) of each row: the total's probability, which classes share, times the multinomial's
 * n! Π p_j^x_j / x_j!. Of a row with gaps it is that of the elements that are there.
 * Source: A comparison of event models for naive Bayes text classification (McCallum & Nigam, 1998).
 */
export function addLogMultinomial(
  model: Multinomial,
  fields: readonly FieldOfX[],
  columns: readonly (NumericArray | undefined)[],
  into: Float64Array,
): void {
  const { classes, total } = model;
  const own = new Float64Array(classes);
  const isFull = columns.every((data) => data !== undefined);
  for (let row = 0; row < into.length / classes; row++) {
    own.fill(0);
    const found = { n: 0, logCoefficient: 0, gaps: 0 };
    let offset = 0;
    for (let k = 0; k < fields.length; k++) {
      const data = columns[k];
      if (data) addElements(model.logShares, { data, row, size: fields[k]!.size, offset }, own, found);
      offset += fields[k]!.size;
    }
    if (isFull && found.gaps === 0) {
      const shared = float64.logFactorial(found.n) - found.logCoefficient + logTotal(total, found.n, 1);
      for (let c = 0; c < classes; c++) into[row * classes + c]! += own[c]! + shared;
    } else addMarginal(model, { fields, columns, row }, { own, ...found }, into);
  }
}

interface Found {
  n: number;
  logCoefficient: number;
  gaps: number;
}

interface Elements {
  readonly data: NumericArray;
  readonly row: number;
  readonly size: number;
  readonly offset: number;
}

/** Most counts are 0, and those add nothing. */
function addElements(
  logShares: Float64Array,
  { data, row, size, offset }: Elements,
  own: Float64Array,
  found: Found,
): void {
  const classes = own.length;
  for (let j = 0, at = row * size; j < size; j++, at++) {
    const count = data[at]!;
    if (count === 0) continue;
    if (isMissing(count)) {
      found.gaps++;
      continue;
    }
    found.n += count;
    if (count > 1) found.logCoefficient += logFactorial(count);
    const begin = (offset + j) * classes;
    for (let c = 0; c < classes; c++) own[c] = own[c]! + count * logShares[begin + c]!;
  }
}

/** Only the elements that are there: their share of the events is a class's own, and so is their total's probability. */
function addMarginal(
  { classes, logShares, total }: Multinomial,
  {
    fields,
    columns,
    row,
  }: {
    readonly fields: readonly FieldOfX[];
    readonly columns: readonly (NumericArray | undefined)[];
    readonly row: number;
  },
  { own, n, logCoefficient }: Found & { readonly own: Float64Array },
  into: Float64Array,
): void {
  const there: boolean[] = fields.flatMap(({ size }, k) =>
    Array.from({ length: size }, (_, j) => !isMissing(columns[k]?.[row * size + j] ?? NaN)),
  );
  for (let c = 0; c < classes; c++) {
    let share = 0;
    for (let j = 0; j < widthOf(fields); j++) if (there[j]) share += Math.exp(logShares[j * classes + c]!);
    const logShare = n > 0 ? n * Math.log(share) : 0;
    into[row * classes + c]! +=
      own[c]! - logShare + float64.logFactorial(n) - logCoefficient + logTotal(total, n, Math.min(1, share));
  }
}

const small = /* @__PURE__ */ Float64Array.from({ length: 256 }, (_, n) => float64.logFactorial(n));

const logFactorial = (n: number): number => small[n] ?? float64.logFactorial(n);
