/** What the rows' assignments sum to. */
export interface Assigned {
  /** Σ weight · log Σ_k exp(value), in nats. */
  readonly logLikelihood: number;
  /** Σ weight · Σ_k r log r, in nats. */
  readonly negentropy: number;
  /** Σ weight. */
  readonly rows: number;
}

/** A component so many nats below a row's largest takes nothing of it: exp(-40) is below float64's last digit of 1. */
export const cutOff = -40;

/** A product of sums is turned into a logarithm before it overflows. */
const almostOverflowing = 1e280;

/**
 * Turns log (weight_k N(x; k)) of [rows, k] into responsibilities times the rows' weights, in place. A row that every
 * component calls impossible is shared evenly.
 */
export function toShares(values: Float64Array, width: number, weights?: Float64Array): Assigned {
  return weights === undefined ? toResponsibilities(values, width) : toWeighted(values, width, weights);
}

function toResponsibilities(values: Float64Array, width: number): Assigned {
  const end = values.length;
  let logLikelihood = 0;
  let negentropy = 0;
  let logSums = 0;
  // One logarithm of the product of many rows' sums is as good as many.
  let sums = 1;
  for (let at = 0; at < end; at += width) {
    const next = at + width;
    let largest = values[at]!;
    for (let k = at + 1; k < next; k++) largest = Math.max(largest, values[k]!);
    if (largest === -Infinity) {
      logLikelihood = -Infinity;
      values.fill(1 / width, at, next);
      continue;
    }
    const least = largest + cutOff;
    let sum = 0;
    let product = 0;
    for (let k = at; k < next; k++) {
      const value = values[k]!;
      if (value < least) values[k] = 0;
      else if (value === largest) {
        values[k] = 1;
        sum += 1;
      } else {
        const share = Math.exp(value - largest);
        values[k] = share;
        sum += share;
        product += share * (value - largest);
      }
    }
    logLikelihood += largest;
    if (sum === 1) continue;
    const factor = 1 / sum;
    negentropy += product * factor;
    for (let k = at; k < next; k++) values[k]! *= factor;
    sums *= sum;
    if (sums < almostOverflowing) continue;
    logSums += Math.log(sums);
    sums = 1;
  }
  logSums += Math.log(sums);
  return { logLikelihood: logLikelihood + logSums, negentropy: negentropy - logSums, rows: end / width };
}

function toWeighted(values: Float64Array, width: number, weights: Float64Array): Assigned {
  const total = { logLikelihood: 0, negentropy: 0, rows: 0 };
  weights.forEach((weight, row) => {
    const own = values.subarray(row * width, (row + 1) * width);
    const { logLikelihood, negentropy } = toResponsibilities(own, width);
    total.rows += weight;
    // A row that counts nothing may be impossible.
    if (weight > 0) {
      total.logLikelihood += weight * logLikelihood;
      total.negentropy += weight * negentropy;
    }
    for (let k = 0; k < width; k++) own[k]! *= weight;
  });
  return total;
}
