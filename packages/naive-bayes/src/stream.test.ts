import { dataset, fit, instantiate, key, type Dataset } from "@gen/core";
import { expect, it } from "vitest";
import { naiveBayes } from "./index.js";
import { NaiveBayes } from "./model.js";
import { irisRows, irisSpec } from "./testing/data.js";
import { near } from "./testing/near.js";

it("learns from a stream in one pass what it learns from data in memory", async () => {
  const whole = dataset(irisSpec, irisRows);
  const [taken, batch] = [new Int32Array(whole.length), 32];
  let largest = 0;
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
    using model = await instantiate(naiveBayes, { data, key: key(1) });
    using trainer = model.trainer();
    for await (const event of fit(model, trainer, data, { key: key(1), steps: 5, batch }))
      if (event.type === "end") expect(event.reason).toBe("complete");
    if (!(model.inner instanceof NaiveBayes)) throw new TypeError("The plugin builds something else.");
    return model.inner.logJoint(irisRows);
  };
  near(await learn(counted), await learn(whole), 1e-12);
  expect(new Set(taken)).toEqual(new Set([1]));
  expect(largest).toBe(batch);
});
