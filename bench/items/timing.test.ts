import { expect, it } from "vitest";
import { stepStatistics, timeSteps } from "./timing.js";

/** Steps without end, and how many were taken. */
function counted() {
  const taken = { count: 0 };
  async function* steps(): AsyncGenerator<number> {
    for (;;) yield await Promise.resolve(taken.count++);
  }
  return { taken, steps: steps() };
}

it("counts the steps after the warm-up", async () => {
  const { taken, steps } = counted();
  const { timedSteps } = await timeSteps(steps, { warmup: 3, least: 1, steps: 5, seconds: 60 });
  expect(timedSteps).toBe(5);
  expect(taken.count).toBe(8);
});

it("takes the least number of steps when no time is left", async () => {
  const { taken, steps } = counted();
  const { timedSteps } = await timeSteps(steps, { warmup: 1, least: 4, seconds: 0 });
  expect(timedSteps).toBe(3);
  expect(taken.count).toBe(4);
});

it("counts the only step even as a warm-up", async () => {
  const { timedSteps } = await timeSteps(counted().steps, { warmup: 3, least: 1, seconds: 0 });
  expect(timedSteps).toBe(1);
});

it("gives medians of both clocks and quantiles of the wall's", () => {
  const times = [5, 1, 3, 2, 4].map((wall) => ({ wall, processor: 2 * wall }));
  expect(stepStatistics(times)).toEqual({
    stepMs: 3,
    stepMsP10: 1,
    stepMsP90: 5,
    cpuMs: 6,
    timedSteps: 5,
  });
});
