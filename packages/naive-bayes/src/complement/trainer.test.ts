import { dataset, fit, instantiate, key, rows } from "@gen/core";
import { expect, it } from "vitest";
import { label, table } from "../testing/data.js";
import { complementNaiveBayes } from "./index.js";

const spec = table({ x: { type: "real", shape: [] }, z: { type: "real", shape: [] }, y: label(2, true) });

it("counts in one sweep the rows that have a label", async () => {
  const x = rows({ x: Float64Array.of(3, 0, 2), z: Float64Array.of(0, 4, 1), y: Int32Array.of(0, 1, -1) });
  const data = dataset(spec, x);
  const model = await instantiate(complementNaiveBayes, { data, key: key(1) });
  const events = [];
  for await (const event of fit(model, model.trainer(), data, { key: key(1), steps: 5 })) events.push(event);
  expect(events).toMatchObject([
    { type: "step", metrics: { labelled: 2, unlabelled: 1 } },
    { type: "end", reason: "complete" },
  ]);
  expect(Array.from(model.logPosterior(x), (value) => value > Math.log(0.5))).toEqual([
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});
