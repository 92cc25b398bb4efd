/** How long steps are timed. */
export interface Timing {
  /** Steps at the beginning that are not counted, unless there are no others. */
  readonly warmup: number;
  /** Counted steps at most. */
  readonly steps?: number | undefined;
  /** Time runs from the end of the first step on, which may compile. */
  readonly seconds: number;
  /** Steps that are taken even when the time is over. */
  readonly least: number;
}

interface Clock {
  readonly wall: number;
  /** Of all threads of this process. */
  readonly processor: number;
}

function now(): Clock {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1e3 };
}

/** Takes steps and gives the time of each, in milliseconds. */
export async function timeSteps(
  steps: AsyncIterable<unknown>,
  { warmup, least, steps: most = Infinity, seconds }: Timing,
): Promise<Record<string, number>> {
  const times: Clock[] = [];
  const iterator = steps[Symbol.asyncIterator]();
  for (let end = Infinity; ;) {
    const before = now();
    const { done } = await iterator.next();
    const after = now();
    if (done === true) break;
    times.push({ wall: after.wall - before.wall, processor: after.processor - before.processor });
    if (times.length === 1) end = after.wall + seconds * 1e3;
    if (times.length >= warmup + most || (times.length >= least && after.wall >= end)) break;
  }
  await iterator.return?.();
  return stepStatistics(times.slice(Math.min(warmup, times.length - 1)));
}

/** Median, 10 % and 90 % quantiles of step times, under the peers' names. */
export function stepStatistics(times: readonly Clock[]): Record<string, number> {
  const quantile = (figure: keyof Clock, p: number): number => {
    const sorted = times.map((time) => time[figure]).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
  };
  return {
    stepMs: quantile("wall", 0.5),
    stepMsP10: quantile("wall", 0.1),
    stepMsP90: quantile("wall", 0.9),
    cpuMs: quantile("processor", 0.5),
    timedSteps: times.length,
  };
}
