import { dataset, instantiate, key, load, rows, save } from "@gen/core";
import { expect, it } from "vitest";
import { label, table } from "../testing/data.js";
import { complementNaiveBayes } from "./index.js";
import { ComplementNaiveBayes } from "./model.js";

it("writes a file that reads back as the same model", async () => {
  const spec = table({ x: { type: "real", shape: [2] }, y: label(2) });
  const x = rows({ x: { data: Float64Array.of(1, 2, 3, 0), shape: [2] }, y: Int32Array.of(0, 1) });
  const model = await instantiate(complementNaiveBayes, {
    data: dataset(spec, x),
    config: { normalised: true },
    key: key(1),
  });
  if (!(model.inner instanceof ComplementNaiveBayes)) expect.fail("another model");
  model.inner.partialFit(x);
  const file = await save(model);
  const copy = await load(file, [complementNaiveBayes]);
  expect(copy.inner).toBeInstanceOf(ComplementNaiveBayes);
  expect(await save(copy)).toEqual(file);
});
