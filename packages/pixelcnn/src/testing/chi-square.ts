/** What chi-square of as many cells exceeds with a probability of 1e-6 (Wilson & Hilferty, 1931). */
export function chiSquareLimit(cells: number): number {
  const freedom = cells - 1;
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 4.753 * Math.sqrt(spread)) ** 3;
}
