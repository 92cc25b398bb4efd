/**
 * The smallest k whose cumulative probability reaches `uniform`, for a law on 0, 1, 2, … with probability `first`
 * at 0 and p_k = p_{k-1} · ratio(k).
 */
export function invert(uniform: number, first: number, ratio: (k: number) => number): number {
  let probability = first;
  let cumulative = first;
  let k = 0;
  while (uniform > cumulative) {
    probability *= ratio(k + 1);
    // Rounding may leave the sum of all probabilities just below `uniform`.
    if (cumulative + probability === cumulative) return k;
    cumulative += probability;
    k += 1;
  }
  return k;
}
