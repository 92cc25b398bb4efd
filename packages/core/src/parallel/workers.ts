import { InputError } from "../errors.js";
import { builtin } from "./builtin.js";

const chosen: unique symbol = Symbol.for("@gen/workers") as never;
/** The choice is the process's, whichever copy of this package asks. */
const shared = globalThis as { [chosen]?: number | undefined };

/** Below so many numbers in a sweep, starting threads and copying to them costs more than it gains. */
const leastElements = 100_000;

/**
 * Chooses how many worker threads the kernels of classical families run in, for the whole process: 0 for this thread
 * only, and without a number again the default, the processors of the machine where the data are large enough.
 * A number holds for small data too. The results are the same bits for any choice. Throws `InputError` for what is
 * not an integer from 0.
 */
export function useWorkers(count?: number): void {
  if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0))
    throw new InputError(`The number of workers must be an integer from 0, but is ${count}.`);
  shared[chosen] = count;
}

/** How many workers may run, and from how many elements and parts on. */
export function workersWanted(): {
  readonly most: number;
  readonly leastElements: number;
  readonly leastParts: number;
} {
  const count = shared[chosen];
  return count === undefined
    ? { most: processors(), leastElements, leastParts: 2 }
    : { most: count, leastElements: 0, leastParts: 1 };
}

const processors = (): number =>
  builtin("node:os")?.availableParallelism() ??
  (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ??
  1;
