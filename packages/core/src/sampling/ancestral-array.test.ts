import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { expectNoLeak } from "../capabilities/testing/fakes.js";
import { column } from "../data/index.js";
import type { Rows } from "../data/types.js";
import { InputError } from "../errors.js";
import { key } from "../random/index.js";
import { ancestralArray } from "./ancestral-array.js";
import { sample, trace } from "./run.js";
import { markov, sampler, transitions } from "./testing/chains.js";
import type { Frame } from "./types.js";

const length = 6;

/** Arrays of six symbols that follow the Markov chain. */
const arrays = () => {
  const chain = {
    ...markov(),
    assemble: (symbols: Rows["columns"][string]): Rows => ({
      length: symbols.lengths?.length ?? 1,
      columns: { x: symbols },
    }),
  };
  return sampler(ancestralArray(chain, length));
};

/** The rows of column x. */
function table(x: Rows): number[][] {
  const data = column(x, "x").data as Int32Array;
  return Array.from({ length: data.length / length }, (_, i) => [
    ...data.slice(i * length, (i + 1) * length),
  ]);
}

describe.each(["cpu", "wasm"] as const)("ancestral sampling of arrays on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test("follows the chain: the frequencies of pairs pass a chi-square test", async () => {
    const count = 4000;
    const drawn = table(await sample(arrays(), { key: key(5), count }));
    expect(drawn).toHaveLength(count);
    const seen = new Map<string, number>();
    for (const row of drawn) {
      const pair = row.slice(0, 2).join("");
      seen.set(pair, (seen.get(pair) ?? 0) + 1);
    }
    let squares = 0;
    for (const a of [0, 1, 2])
      for (const b of [0, 1, 2]) {
        const expected = count * transitions[3]![a]! * transitions[a]![b]!;
        squares += ((seen.get(`${a}${b}`) ?? 0) - expected) ** 2 / expected;
      }
    // Quantile of chi-square at 1 - 1e-6 with 8 degrees of freedom.
    expect(squares).toBeLessThan(42.7);
  });

  test("every frame shows what is drawn, and the rest as missing", async () => {
    const frames: Frame[] = [];
    const process = trace(arrays(), { key: key(2), count: 2, candidates: 2 });
    let next = await process.next();
    for (; next.done !== true; next = await process.next()) frames.push(next.value);
    const whole = table(next.value);
    expect(frames.map(({ step, steps }) => [step, steps])).toEqual(
      Array.from({ length }, (_, i) => [i + 1, length]),
    );
    frames.forEach(({ x, candidates }, i) => {
      expect(table(x!)).toEqual(whole.map((row) => row.map((symbol, at) => (at <= i ? symbol : -1))));
      candidates!.forEach((told, row) => {
        expect(told.find(({ chosen }) => chosen)!.label).toBe("abc"[whole[row]![i]!]);
      });
    });
  });

  test("leaks nothing", () => expectNoLeak(() => sample(arrays(), { key: key(1), count: 3 })));
});

test("at temperature 0 always the likeliest, and no length can be asked for", async () => {
  const options = { temperature: 0 };
  expect(table(await sample(arrays(), { key: key(1), count: 1, options }))).toEqual([[2, 2, 2, 2, 2, 2]]);
  const wrong = { length: 3 } as never;
  await expect(sample(arrays(), { key: key(1), count: 1, options: wrong })).rejects.toThrow(InputError);
});

test("the first of many are the few", async () => {
  const few = table(await sample(arrays(), { key: key(9), count: 2 }));
  expect(table(await sample(arrays(), { key: key(9), count: 7 })).slice(0, 2)).toEqual(few);
});
