import type { NumericArray, Rows } from "@gen/core";
import { logFactorial } from "@gen/core/float64";
import { numbersOf, type FieldOfX } from "../columns.js";
import { Quads } from "../quads.js";
import { TableRows } from "../table-rows.js";
import { isCount } from "./gather.js";
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

/** What is found of a row: the elements that have events, how many these are, their log Π x!, and what is missing. */
interface Found {
  readonly shares: TableRows;
  n: number;
  logOrders: number;
  readonly gaps: number[];
}

/**
 * Adds log P(counts | y) of each row: the total's probability, which classes share, times the multinomial's
 * n! Π p_j^x_j / x_j!. Of a row with gaps it is that of the elements that are there.
 * Source: A comparison of event models for naive Bayes text classification (McCallum & Nigam, 1998).
 */
export function addLogMultinomial(
  model: Multinomial,
  fields: readonly FieldOfX[],
  x: Rows,
  into: Float64Array,
): void {
  const { classes, total } = model;
  const columns = fields.map((field) => columnOf(x, field));
  const width = model.logShares.length / classes;
  const shares = new TableRows(model.logShares, classes, width);
  const found: Found = { shares, n: 0, logOrders: 0, gaps: [] };
  const own = new Float64Array(classes);
  for (let row = 0; row < x.length; row++) {
    own.fill(0);
    shares.clear();
    found.n = found.logOrders = found.gaps.length = 0;
    let offset = 0;
    for (const column of columns) {
      findElements(column, row, offset, found);
      offset += column.field.size;
    }
    shares.addTo(own, 0);
    const orders = logFactorial(found.n) - found.logOrders;
    if (found.gaps.length > 0) addMarginal(model, own, found, orders, into.subarray(row * classes));
    else {
      const shared = orders + logTotal(total, found.n, 1);
      for (let c = 0; c < classes; c++)
        into[row * classes + c] = into[row * classes + c]! + (own[c]! + shared);
    }
  }
}

interface Column {
  readonly field: FieldOfX;
  readonly data?: NumericArray;
  readonly quads?: Quads;
}

function columnOf(x: Rows, field: FieldOfX): Column {
  const data = numbersOf(x, field);
  return data ? { field, data, quads: new Quads(data, field.size) } : { field };
}

function findElements({ field, data, quads }: Column, row: number, offset: number, found: Found): void {
  const { shares, gaps } = found;
  const { size } = field;
  if (!data || !quads) {
    for (let j = 0; j < size; j++) gaps.push(offset + j);
    return;
  }
  const { places } = quads;
  const isBytes = data instanceof Uint8Array;
  const count = quads.find(row);
  let n = 0;
  let logOrders = 0;
  for (let k = 0; k < count; k++)
    for (let j = places[k]!, end = Math.min(j + 4, size); j < end; j++) {
      const events = data[row * size + j]!;
      if (events === 0) continue;
      if (!isBytes && !isCount(events, { field, taken: "whole" }, row * size + j)) {
        gaps.push(offset + j);
        continue;
      }
      n += events;
      logOrders += events < 256 ? small[events]! : logFactorial(events);
      shares.push(offset + j, events);
    }
  found.n += n;
  found.logOrders += logOrders;
}

/** Only the elements that are there: their share of the events is a class's own, and so is their total's probability. */
function addMarginal(
  { classes, logShares, total }: Multinomial,
  own: Float64Array,
  { n, gaps }: Found,
  orders: number,
  into: Float64Array,
): void {
  for (let c = 0; c < classes; c++) {
    let share = 0;
    if (gaps.length * classes < logShares.length) {
      let missing = 0;
      for (const j of gaps) missing += Math.exp(logShares[j * classes + c]!);
      share = Math.max(0, 1 - missing);
    }
    const logShare = n > 0 ? n * Math.log(share) : 0;
    into[c] = into[c]! + own[c]! - logShare + orders + logTotal(total, n, share);
  }
}

const small = /* @__PURE__ */ Float64Array.from({ length: 256 }, (_, n) => logFactorial(n));
