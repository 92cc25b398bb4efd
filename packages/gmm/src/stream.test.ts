import { dataset, fit, instantiate, key, rows, type Dataset, type TrainingEvent } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { gmm } from "./index.js";
import { blobs, points } from "./testing/data.js";
import { near } from "./testing/near.js";

beforeAll(() => useBackend("cpu"));

it("learns from a stream what it learns from data in memory", async () => {
  const [count, batch] = [1000, 128];
  const x = blobs(key(1), count, 2);
  const whole = dataset(points(2), rows({ x: { data: x, shape: [2] } }));
  let largest = 0;
  const taken = new Int32Array(count);
  const counted: Dataset = {
    ...whole,
    isStreamed: true,
    take: (indices, of) => {
      largest = Math.max(largest, indices.length);
      for (const row of indices) taken[row]!++;
      return whole.take(indices, of);
    },
  };
  const learn = async (data: Dataset) => {
    const model = await instantiate(gmm, { data, config: { components: 3 }, key: key(2) });
    const trainer = model.trainer({ tolerance: 0 });
    const events: TrainingEvent[] = [];
    for await (const event of fit(model, trainer, data, { key: key(3), steps: 8, batch })) events.push(event);
    const metrics = events.flatMap((event) => (event.type === "step" ? [event.metrics["bic"]!] : []));
    return { metrics, state: await model.state() };
  };
  const [streamed, held] = [await learn(counted), await learn(whole)];
  near(streamed.metrics, held.metrics, 1e-12);
  for (const [name, array] of held.state) near(streamed.state.get(name)!.data, array.data, 1e-11);
  expect(largest).toBeLessThanOrEqual(batch);
  // Once in each of 8 sweeps, and once for the start.
  expect(new Set(taken)).toEqual(new Set([9]));
});
