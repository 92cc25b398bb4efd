import { fit, instantiate, key, useWorkers, type Dataset, type Plugin } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tagged } from "./testing/poems.js";
import { table } from "./testing/tables.js";

const built = join(import.meta.dirname, "../dist/index.js");

beforeAll(() => useBackend("cpu"));
afterAll(() => {
  useWorkers();
});

async function trained(plugin: Plugin, data: Dataset) {
  const model = await instantiate(plugin, { data, key: key(1) });
  const trainer = model.trainer();
  for await (const event of fit(model, trainer, data, { key: key(1), steps: 8, batch: 10 }))
    if (event.type === "end") expect(event.reason).toBe("steps");
  const states = [await model.state(), await trainer.state()];
  trainer[Symbol.dispose]();
  return states;
}

it.runIf(existsSync(built))("gives the same bits with any number of workers", async () => {
  const { crf, logisticRegression } = (await import(built)) as Record<string, Plugin>;
  for (const [plugin, data] of [
    [logisticRegression!, table(key(1), 60)],
    [crf!, tagged(key(1), 60)],
  ] as const) {
    useWorkers(0);
    const alone = await trained(plugin, data);
    for (const workers of [1, 2, 3]) {
      useWorkers(workers);
      expect(await trained(plugin, data)).toEqual(alone);
    }
  }
});
