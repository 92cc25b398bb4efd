import { afterEach, expect, test, vi } from "vitest";
import { breather } from "./event-loop.js";

afterEach(() => vi.unstubAllGlobals());

const wait = (milliseconds: number): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

/** Whether a timer that is due is served when the work is awaited. */
async function serves(work: () => Promise<void>): Promise<boolean> {
  let served = false;
  setTimeout(() => (served = true), 0);
  wait(2);
  // Twice, because a turn may begin after its timers.
  for (let i = 0; i < 2; i++) await work();
  return served;
}

test("serves what waits once the interval is over, not before", async () => {
  expect(await serves(breather(1000))).toBe(false);
  expect(await serves(breather(0))).toBe(true);
  const breathe = breather(20);
  wait(25);
  expect(await serves(breathe)).toBe(true);
});

test("in a page, without setImmediate, a message makes the turn", async () => {
  vi.stubGlobal("setImmediate", undefined);
  expect(await serves(breather(0))).toBe(true);
});
