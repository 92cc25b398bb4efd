/** What modules give, each taken alone, and why the others give nothing. */
export interface Settled<T> {
  readonly found: readonly T[];
  readonly failures: readonly string[];
}

/** Loads every module and takes one thing out of each; one that fails leaves the others as they are. */
export async function settled<M, T>(
  loads: readonly (() => Promise<M>)[],
  take: (module: M) => T,
): Promise<Settled<T>> {
  const results = await Promise.allSettled(loads.map(async (load) => take(await load())));
  return {
    found: results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])),
    failures: results.flatMap((result) => (result.status === "rejected" ? [reasonOf(result.reason)] : [])),
  };
}

const reasonOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
