import { dataset, fit, instantiate, key, rows, useWorkers, type Dataset, type Plugin } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { randints } from "@gen/core/random";
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

/** Levels that have an order and are mostly 0. */
function pictures(count: number): Dataset {
  const pixels = Uint8Array.from(randints(key(2), 12 * count, 30), (value) => Math.max(0, value - 20));
  return dataset(
    {
      kind: "images",
      fields: {
        image: { type: "category", levels: 10, ordered: true, shape: [3, 4, 1] },
        label: { type: "category", levels: 3, shape: [], role: "y" },
      },
    },
    rows({ image: { data: pixels, shape: [3, 4, 1] }, label: randints(key(3), count, 3) }),
  );
}

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
    [logisticRegression!, pictures(60)],
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
