import type { MetricsReport } from "../engine/protocol.js";

/** One metric over the steps. */
export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** Over all steps, also those that were thinned out. */
  readonly first: number;
  readonly last: number;
  readonly lowest: number;
  readonly highest: number;
}
export type Curves = Readonly<Record<string, Series>>;

const most = 2000;

/** The curves with a report added; a long one keeps every second of its points. */
export function extended(curves: Curves, { steps, values }: MetricsReport): Curves {
  const next: Record<string, Series> = { ...curves };
  for (const [name, added] of Object.entries(values)) {
    const old = curves[name];
    const finite = [...added].filter(Number.isFinite);
    if (finite.length === 0) continue;
    const series = {
      steps: [...(old?.steps ?? []), ...steps],
      values: [...(old?.values ?? []), ...added],
    };
    const thin = series.steps.length > most;
    const kept = <T>(list: readonly T[]): readonly T[] =>
      thin ? list.filter((_, i) => i % 2 === 0 || i === list.length - 1) : list;
    next[name] = {
      steps: kept(series.steps),
      values: kept(series.values),
      first: old?.first ?? finite[0]!,
      last: finite[finite.length - 1]!,
      lowest: finite.reduce((a, b) => Math.min(a, b), old?.lowest ?? Infinity),
      highest: finite.reduce((a, b) => Math.max(a, b), old?.highest ?? -Infinity),
    };
  }
  return next;
}
