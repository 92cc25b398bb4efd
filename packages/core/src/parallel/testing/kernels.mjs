// Kernels for the tests, for this thread and for workers.
import { InputError } from "@gen/core/manifest";

export const kernels = {
  moments: ({ x }, { mean }) => x.reduce((sum, value) => sum + Math.exp(-((value - mean) ** 2)), 0),
  echo: (chunk, state) => ({ chunk, state, part: chunk.x.subarray(1) }),
  where: () => globalThis.testThread ?? 0,
  fail({ x }, { at, input }) {
    if (x[0] >= at) throw input ? new InputError(`Row ${x[0]} is bad.`) : new RangeError(`${x[0]}`);
    return x[0];
  },
  slow({ x }, milliseconds) {
    const end = Date.now() + milliseconds;
    while (Date.now() < end);
    return x[0];
  },
  leave: () => process.exit(3),
  odd: () => new Map(),
};
