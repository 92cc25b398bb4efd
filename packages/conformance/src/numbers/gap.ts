/** Values with a weight each; weights sum to 1. */
export interface Weighted {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** The largest distance between the cumulative distribution functions of equally likely draws and of weighted values. */
export function largestGap(draws: Float64Array, { values, weights }: Weighted): number {
  const sorted = draws.slice().sort();
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  let [mass, next, worst] = [0, 0, 0];
  sorted.forEach((draw, i) => {
    while (next < order.length && values[order[next]!]! <= draw) mass += weights[order[next++]!]!;
    worst = Math.max(worst, Math.abs(mass - i / sorted.length), Math.abs(mass - (i + 1) / sorted.length));
  });
  return worst;
}
