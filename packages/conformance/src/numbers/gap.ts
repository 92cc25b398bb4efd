/** Values with a weight each; weights sum to 1. */
export interface Weighted {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The largest distance between the cumulative distribution functions of equally likely draws and of weighted values,
 * where draws or values may be equal too.
 */
export function largestGap(draws: Float64Array, { values, weights }: Weighted): number {
  const sorted = draws.slice().sort();
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  let [mass, next, worst] = [0, 0, 0];
  const addWhile = (holds: (value: number) => boolean): void => {
    while (next < order.length && holds(values[order[next]!]!)) mass += weights[order[next++]!]!;
  };
  const compare = (rank: number): void => {
    worst = Math.max(worst, Math.abs(mass - rank / sorted.length));
  };
  for (let i = 0; i < sorted.length;) {
    const draw = sorted[i]!;
    // Just below the draw, and at it with all that equal it.
    addWhile((value) => value < draw);
    compare(i);
    while (i < sorted.length && sorted[i] === draw) i++;
    addWhile((value) => value <= draw);
    compare(i);
  }
  return worst;
}
