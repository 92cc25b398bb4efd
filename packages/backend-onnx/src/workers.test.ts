import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

const run = (start: number): Promise<number[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("testing/worker.mjs", import.meta.url), { workerData: { start } });
    worker.once("message", resolve);
    worker.once("error", reject);
  });

test("two back ends in two workers compute what one alone does", async () => {
  const [alone, other] = [await run(1), await run(2)];
  expect(alone.at(-1)!).toBeLessThan(alone[0]!);
  expect(await Promise.all([run(1), run(2)])).toEqual([alone, other]);
});
