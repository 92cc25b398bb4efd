import { classify, dataset, key, load, rows, save, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { near } from "../testing/near.js";
import { table } from "../testing/tables.js";
import { train } from "../testing/train.js";
import { logisticRegression } from "./index.js";

beforeAll(() => useBackend("cpu"));

it("writes a file that reads back as the same model", async () => {
  const { model } = await train(logisticRegression, table(key(1), 50));
  const file = await save(model);
  const copy = await load(file, [logisticRegression]);
  expect(await copy.state()).toEqual(await model.state());
  expect(await save(copy)).toEqual(file);
});

it("takes grey levels as numbers from 0 to 1", async () => {
  const pixels = Uint8Array.of(0, 255, 20, 200, 240, 10, 255, 0);
  const labels = Int32Array.of(0, 0, 1, 1);
  const y = { type: "category", shape: [], levels: 2, role: "y" } as const;
  const images: DataSpec = {
    kind: "images",
    fields: { image: { type: "category", levels: 256, shape: [1, 2, 1] }, y },
  };
  const points: DataSpec = { kind: "points", fields: { image: { type: "real", shape: [2] }, y } };
  const training = { tolerance: 0 };
  const image = { data: pixels, shape: [1, 2, 1] };
  const grey = await train(logisticRegression, dataset(images, rows({ image, y: labels })), { training });
  const reals = { data: Float64Array.from(pixels, (level) => level / 255), shape: [2] };
  const real = await train(logisticRegression, dataset(points, rows({ image: reals, y: labels })), {
    training,
  });
  near(grey.inner.weights, real.inner.weights, { absolute: 1e-9 });
  expect([...(await classify(grey.model, rows({ image })))]).toEqual([0, 0, 1, 1]);
});
