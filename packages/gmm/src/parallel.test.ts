import { fit, instantiate, key, useWorkers } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { afterAll, beforeAll, expect, it } from "vitest";
import type * as Built from "./index.js";
import { blobs, labelledData } from "./testing/data.js";

// Worker threads run what was built.
const built = "../dist/index.js";

beforeAll(() => useBackend("cpu"));
afterAll(() => {
  useWorkers();
});

it("learns the same bits with any number of workers", async () => {
  const { gmm } = (await import(built)) as typeof Built;
  const labels = Int32Array.from({ length: 600 }, (_, row) => row % 2);
  const data = labelledData(blobs(key(1), 600, 3), 3, labels, ["a", "b"]);
  const learned = async (workers: number, prior: "none" | "dirichlet-process") => {
    useWorkers(workers);
    const model = await instantiate(gmm, { data, config: { components: 3 }, key: key(2) });
    const trainer = model.trainer({ tolerance: 0, restarts: 2, prior });
    const metrics: unknown[] = [];
    for await (const event of fit(model, trainer, data, { key: key(3), steps: 6, batch: 70 }))
      if (event.type === "step") metrics.push(event.metrics);
    trainer[Symbol.dispose]();
    return { metrics, state: await model.state() };
  };
  for (const prior of ["none", "dirichlet-process"] as const) {
    const here = await learned(0, prior);
    for (const workers of [1, 2, 3]) expect(await learned(workers, prior)).toEqual(here);
  }
});
