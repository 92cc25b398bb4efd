import { column, dataset, demand, InputError, instantiate, key, load, rows, sample, save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { imageData, imageSpec } from "../testing/data.js";
import { dcgan } from "./index.js";

beforeAll(() => useBackend("wasm"));

const config = { latent: 2, channels: 2, stages: 1 };

it("gives images in the data's levels, of the class that is given", async () => {
  const data = imageData(32);
  using model = await instantiate(dcgan, { data, config, key: key(1) });
  const drawn = await sample(model, { key: key(2), count: 6 });
  const { data: levels, shape } = column(drawn, "image");
  expect(shape).toEqual([6, 6, 1]);
  for (const level of levels as ArrayLike<number> & Iterable<number>) {
    expect(Number.isInteger(level)).toBe(true);
    expect(level >= 0 && level <= 255).toBe(true);
  }
  const view = demand(model, "conditional").given(rows({ y: ["c"] }));
  const given = await sample(demand(view, "sample"), { key: key(2), count: 3 });
  expect(Array.from(column(given, "y").data as Int32Array)).toEqual([2, 2, 2]);
});

it("saves and loads", async () => {
  using model = await instantiate(dcgan, { data: imageData(32), config, key: key(1) });
  const file = await save(model);
  using copy = await load(file, [dcgan]);
  expect(await save(copy)).toEqual(file);
});

it("refuses pixels that are no levels", async () => {
  const image = { data: new Float32Array(36), shape: [6, 6, 1] };
  const data = dataset(imageSpec, rows({ image, y: Int32Array.of(0) }));
  await expect(instantiate(dcgan, { data, config, key: key(1) })).rejects.toThrow(InputError);
  await expect(instantiate(dcgan, { data, config, key: key(1) })).rejects.toThrow(
    /pixels of "image" are no levels of brightness/,
  );
});
