import { fit, instantiate, key, useWorkers, type Dataset, type NamedArray } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { afterAll, beforeAll, expect, it } from "vitest";
import type * as Index from "./index.js";
import { configOf, randomData, textData } from "./testing/data.js";

beforeAll(() => useBackend("cpu"));
afterAll(() => useWorkers());

/** The package as it is built, whose workers are real. */
const path: string = new URL("../dist/index.js", import.meta.url).href;
const built = (await import(/* @vite-ignore */ path)) as typeof Index;

async function trained(
  data: Dataset,
  config: object,
  workers: number,
): Promise<ReadonlyMap<string, NamedArray>> {
  useWorkers(workers);
  const model = await instantiate(built.hmm, { data, config, key: key(1) });
  using trainer = model.trainer({ tolerance: 0 });
  for await (const event of fit(model, trainer, data, { key: key(1), steps: 4, batch: 3 }))
    if (event.type === "end") expect(event.reason).toBe("steps");
  return await model.state();
}

it("learns the same bits in any number of workers", async () => {
  let started = 0;
  process.on("worker", () => started++);
  const names = ["full", "categorical", "poisson"] as const;
  const lengths = [30, 1, 12, 50, 7, 20, 15, 3, 9, 40];
  const mixed = { ...configOf(names), states: 3 };
  for (const [data, config] of [
    [randomData(key(2), names, lengths, 0.1), mixed],
    [textData(["abc", "ab", "", "cab", "bbca", "a", "ca"]), { states: 2 }],
  ] as const) {
    const alone = await trained(data, config, 0);
    for (const workers of [1, 2, 3]) expect(await trained(data, config, workers)).toEqual(alone);
  }
  expect(started).toBeGreaterThanOrEqual(6);
});
