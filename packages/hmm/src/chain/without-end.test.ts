import { key } from "@gen/core";
import { float64 } from "@gen/core/math";
import { uniforms64 } from "@gen/core/random";
import { expect, it } from "vitest";
import { near } from "../testing/near.js";
import { bestPaths } from "./best-paths.js";
import type { Chain } from "./chain.js";
import { withoutEnd } from "./without-end.js";

const states = 3;
const rows = (name: string, count: number): Float64Array => {
  const values = uniforms64(key(1).fold(name), count * states);
  return values.map((value, at) => {
    const row = at - (at % states);
    return value / values.subarray(row, row + states).reduce((a, b) => a + b, 0);
  });
};
const chain: Chain = { states, initial: rows("initial", 1), transition: rows("transition", states) };

it.each([0, 1, 3])("tells paths of %d steps apart by what comes before the end only", (steps) => {
  const logProbs = uniforms64(key(2), (steps + 1) * states).map(Math.log);
  const { logProbs: rest, constant } = withoutEnd(chain, logProbs);
  const found = bestPaths(chain, rest, 1000);
  expect(new Set(found.map((path) => path.states.join())).size).toBe(found.length);
  expect(found).toHaveLength(states ** steps);
  const all = bestPaths(chain, logProbs, 1000);
  for (const path of found) {
    const own = all.filter((whole) => whole.states.subarray(0, steps).join() === path.states.join());
    const expected = float64.logSumExp(Float64Array.from(own, ({ logProb }) => logProb));
    near([path.logProb + constant], [expected], 1e-12);
  }
});
