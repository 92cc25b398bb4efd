import { all, key, load, save, score } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { tagged, tags } from "../testing/poems.js";
import { train } from "../testing/train.js";
import { crf } from "./index.js";

beforeAll(() => useBackend("cpu"));

const data = tagged(key(1), 40);

it("writes a file that reads back as the same model", async () => {
  const { model } = await train(crf, data);
  const file = await save(model);
  const copy = await load(file, [crf]);
  expect(await copy.state()).toEqual(await model.state());
  expect(await save(copy)).toEqual(file);
});

it("scores tags given symbols", async () => {
  const { model, inner } = await train(crf, data);
  const x = await all(data);
  const found = await score(model, x, { key: key(1) });
  if (found.kind !== "exact") throw new Error(`It is ${found.kind}.`);
  expect(found.given).toEqual(["symbol"]);
  expect(found.nats).toEqual(inner.logPosterior(x));
});

it("shows its transitions, and its heaviest features in words", async () => {
  const { model, inner } = await train(crf, data);
  const [trellis, table] = [...model.inspect()];
  expect(trellis).toEqual({
    view: "trellis",
    value: { transition: inner.weights.transitions, states: tags },
  });
  if (table?.view !== "table") expect.fail("no table");
  const { rows } = table.value;
  const weights = rows.map(([, , weight]) => Math.abs(Number(weight)));
  expect(weights).toEqual([...weights].sort((a, b) => b - a));
  expect(weights[0]).toBe(Math.max(...inner.weights.features.map(Math.abs)));
  for (const [attribute, tag] of rows) {
    expect(attribute).toMatch(/^(bias|symbol\[-?\d\]=[a-f^$](\|symbol\[-?\d\]=[a-f^$])?)$/);
    expect(tags).toContain(tag);
  }
});
