import { beforeAll, expect, test } from "vitest";
import { makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { expectNoLeak } from "../capabilities/testing/fakes.js";
import { column } from "../data/index.js";
import type { Rows } from "../data/types.js";
import { Categorical } from "../distributions/categorical.js";
import { key } from "../random/index.js";
import { labelFirst } from "./label-first.js";
import { sample, trace } from "./run.js";
import { counting, rowsOf, sampler, tensorOf } from "./testing/chains.js";
import { add, all, cast, greaterEqual, mul } from "../backend/engine.js";

beforeAll(() => useBackend("cpu"));

const [p0, p1] = [0.3, 0.7];

/** y of two classes; x counts the steps by ones in class 0 and by tens in class 1. */
const labelled = () =>
  sampler(
    labelFirst({
      field: "y",
      get prior() {
        return new Categorical({ probs: makeTensor([p0, p1]) });
      },
      given: (y) =>
        counting({
          advance: (state) => ({ x: add(tensorOf(state), add(mul(cast(y!, "float32"), 9), 1)) }),
          view: (state) => ({ x: rowsOf(state) }),
        }),
    }),
  );

const numbers = (x: Rows, name: string): number[] => Array.from(column(x, name).data as Float32Array);

test("x is drawn given y, which stands in the rows as often as it is likely", async () => {
  const count = 4000;
  const drawn = await sample(labelled(), { key: key(3), count });
  const y = numbers(drawn, "y");
  expect(numbers(drawn, "x")).toEqual(y.map((label) => (label === 1 ? 30 : 3)));
  const ones = y.reduce((sum, label) => sum + label, 0);
  // Five standard deviations.
  expect(Math.abs(ones - count * p1)).toBeLessThan(5 * Math.sqrt(count * p0 * p1));
});

test("the label is in every frame, and stays", async () => {
  const seen: number[][] = [];
  let steps = 0;
  for await (const frame of trace(labelled(), { key: key(4), count: 6 })) {
    expect(frame.steps).toBe(3);
    expect(numbers(frame.x!, "x")).toEqual(numbers(frame.x!, "y").map((y) => (1 + 9 * y) * frame.step));
    seen.push(numbers(frame.x!, "y"));
    steps++;
  }
  expect(steps).toBe(3);
  expect(seen[2]).toEqual(seen[0]);
});

test("ends when x can't change any more", async () => {
  const ending = labelFirst({
    field: "y",
    get prior() {
      return new Categorical({ probs: makeTensor([0, 1]) });
    },
    given: (y) =>
      counting({
        advance: (state) => ({ x: add(tensorOf(state), cast(y!, "float32")) }),
        done: (state) => all(greaterEqual(tensorOf(state), 2)),
      }),
  });
  await expectNoLeak(() => sample(sampler(ending), { key: key(1), count: 2 }));
  expect(numbers(await sample(sampler(ending), { key: key(1), count: 2 }), "x")).toEqual([2, 2]);
  expect("done" in labelled().protocol).toBe(false);
});

test("leaks nothing, and the same key draws the same", async () => {
  await expectNoLeak(() => sample(labelled(), { key: key(1), count: 3 }));
  expect(await sample(labelled(), { key: key(1), count: 3 })).toEqual(
    await sample(labelled(), { key: key(1), count: 3 }),
  );
});
