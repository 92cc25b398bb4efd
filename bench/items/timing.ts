/** Median, 10 % and 90 % quantiles of step times in milliseconds, under the peers' names. */
export function stepStatistics(milliseconds: readonly number[]): Record<string, number> {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const quantile = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
  return {
    stepMs: quantile(0.5),
    stepMsP10: quantile(0.1),
    stepMsP90: quantile(0.9),
    timedSteps: sorted.length,
  };
}
