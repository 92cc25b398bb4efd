import { sumTrailing } from "./sum-trailing.js";
import { tidyPair } from "./tidy-pair.js";
import type { Bijector, ListBijector } from "./types.js";

/** The bijector on the first tensor of a list; the others stay. All axes but the first are its event. */
export const onFirst = (bijector: Bijector): ListBijector => ({
  forward: ([first, ...rest]) => [bijector.forward(first!), ...rest],
  inverseWithLogDet([first, ...rest]) {
    const { value, logDet } = tidyPair(() => {
      const pair = bijector.inverseWithLogDet(first!);
      return { value: pair.value, logDet: sumTrailing(pair.logDet, pair.logDet.rank - 1) };
    });
    return { value: [value, ...rest], logDet };
  },
});
