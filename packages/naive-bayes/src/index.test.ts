import {
  classifier,
  classify,
  dataset,
  fit,
  instantiate,
  key,
  load,
  save,
  scaleLevels,
  type DataSpec,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { randints } from "@gen/core/random";
import { rows } from "@gen/core";
import { beforeAll, expect, it } from "vitest";
import { naiveBayes } from "./index.js";
import { irisRows, irisSpec, label, mixedRows, mixedSpec } from "./testing/data.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

it("writes a file that reads back as the same model, which then learns on", async () => {
  const x = mixedRows(key(1), 80, 0.1);
  const { model, inner } = await train(mixedSpec, x, { config: { columns: "height=laplace" } });
  const file = await save(model);
  const copy = await load(file, [naiveBayes]);
  expect(await copy.state()).toEqual(await model.state());
  expect(await save(copy)).toEqual(file);
  inner.partialFit(x);
  expect(await save(model)).not.toEqual(file);
});

it("shows its classes with their shares", async () => {
  const { model } = await train(irisSpec, irisRows);
  const [inspection] = [...model.inspect()];
  if (inspection?.view !== "table") expect.fail("no table");
  expect(inspection.value.rows[0]!.slice(0, 2)).toEqual(["setosa", 50]);
});

const spec: DataSpec = {
  kind: "images",
  fields: { image: { type: "category", levels: 16, shape: [3, 3, 1] }, y: label(2) },
};
const y = randints(key(2), 60, 2);
const pixels = randints(key(3), 540, 8).map(
  (level, i) => level + (y[Math.floor(i / 9)] === 1 && (i % 9) % 2 === 1 ? 8 : 0),
);
const pictures = rows({ image: { data: pixels, shape: [3, 3, 1] }, y });

it.each(["mixed", "gaussian", "multinomial", "bernoulli", "categorical"] as const)(
  "classifies pictures by %s levels",
  async (likelihood) => {
    const { model } = await train(spec, pictures, { config: { likelihood } });
    const found = await classify(classifier(model)!, pictures);
    expect(found.filter((c, i) => c === y[i]).length).toBeGreaterThan(45);
  },
);

it("over scaled levels classifies without a density", async () => {
  const data = dataset(spec, pictures);
  const model = await instantiate(naiveBayes, { data, key: key(1), over: scaleLevels(spec) });
  for await (const event of fit(model, model.trainer(), data, { key: key(1), steps: 1 }))
    expect(event).not.toHaveProperty("diagnosis");
  expect([...model.capabilities].sort()).toEqual(["classifier", "conditional", "sample"]);
  const found = await classify(classifier(model)!, pictures);
  expect(found.filter((c, i) => c === y[i]).length).toBeGreaterThan(45);
});
