import { dataset, fit, instantiate, key, rows, useWorkers, type Dataset, type NamedArray } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { poissons } from "@gen/core/random";
import { afterAll, beforeAll, expect, it } from "vitest";
import type * as Index from "./index.js";
import { label, mixedRows, mixedSpec, table } from "./testing/data.js";

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
  const model = await instantiate(built.naiveBayes, { data, config, key: key(1) });
  using trainer = model.trainer({ tolerance: 0, unlabelled: 0.5 });
  for await (const event of fit(model, trainer, data, { key: key(1), steps: 5, batch: 17 }))
    if (event.type === "end") expect(event.reason).toBe("steps");
  return await model.state();
}

it("learns the same bits in any number of workers", async () => {
  let started = 0;
  process.on("worker", () => started++);
  const all = mixedRows(key(2), 120, 0.1);
  const y = (all.columns["y"]!.data as Int32Array).map((c, row) => (row % 4 === 0 ? c : -1));
  const few = { length: 120, columns: { ...all.columns, y: { data: y, shape: [] } } };
  const counted = table({ n: { type: "real", shape: [3] }, y: label(3, true) });
  const events = rows({ n: { data: poissons(key(3), 4, 360), shape: [3] }, y });
  for (const [data, config] of [
    [dataset(mixedSpec, few), {}],
    [dataset(counted, events), { likelihood: "multinomial" }],
  ] as const) {
    const alone = await trained(data, config, 0);
    for (const workers of [1, 2, 3]) expect(await trained(data, config, workers)).toEqual(alone);
  }
  expect(started).toBeGreaterThanOrEqual(6);
});
