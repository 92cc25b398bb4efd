import { beforeAll, expect, test } from "vitest";
import {
  all,
  classifier,
  dataset,
  demand,
  fit,
  has,
  instantiate,
  key,
  load,
  rows,
  sample,
  save,
  score,
  type AnyInstance,
  type Dataset,
  type DataSpec,
} from "../packages/core/src/index.js";
import { useBackend } from "../packages/core/src/backend/index.js";
import { randints, uniforms64 } from "../packages/core/src/random/index.js";
import { autoencoder } from "../packages/autoencoder/src/index.js";
import { gmm } from "../packages/gmm/src/index.js";

beforeAll(() => useBackend("wasm"));

const [height, width] = [6, 6];

/** Images with a bright row or a bright column, which is the label, at a place of chance. */
function images(count: number): Dataset {
  const kind = randints(key(1).fold("kind"), count, 2);
  const place = uniforms64(key(1).fold("place"), count);
  const data = Uint8Array.from({ length: count * height * width }, (_, i) => {
    const image = Math.floor(i / (height * width));
    const along = kind[image] === 0 ? Math.floor(i / width) % height : i % width;
    return Math.round(255 * Math.exp(-((along - 5 * place[image]!) ** 2)));
  });
  const spec: DataSpec = {
    kind: "images",
    fields: {
      image: { type: "category", shape: [height, width, 1], levels: 256, ordered: true },
      kind: { role: "y", type: "category", shape: [], levels: 2, names: ["row", "column"] },
    },
  };
  return dataset(spec, rows({ image: { data, shape: [height, width, 1] }, kind }));
}

async function trained(model: AnyInstance, data: Dataset, steps: number): Promise<void> {
  const trainer = model.trainer();
  for await (const event of fit(model, trainer, data, { key: key(2), steps, batch: 64 }))
    if (event.type === "end") expect(event.reason).not.toBe("diverged");
  trainer[Symbol.dispose]();
}

/** The least mean squared difference of each image from any of the data, as a share of the largest level's square. */
function fromNearest(images: Uint8Array, data: Uint8Array): number[] {
  const size = height * width;
  return Array.from({ length: images.length / size }, (_, i) => {
    let least = Infinity;
    for (let j = 0; j < data.length; j += size) {
      let sum = 0;
      for (let p = 0; p < size; p++) sum += ((images[i * size + p]! - data[j + p]!) / 255) ** 2;
      least = Math.min(least, sum / size);
    }
    return least;
  });
}

test("a mixture over an autoencoder's codes draws images, knows classes, and has no density", async () => {
  const data = images(400);
  const codec = await instantiate(autoencoder, {
    data,
    config: { latent: 4, hidden: 64, layers: 1 },
    key: key(3),
  });
  await trained(codec, data, 500);
  const model = await instantiate(gmm, { data, config: { components: 6 }, key: key(4), over: codec });
  await trained(model, data, 50);

  const drawn = await sample(model, { key: key(5), count: 100 });
  expect(drawn.columns["image"]!.shape).toEqual([height, width, 1]);
  const [made, real] = [drawn, await all(data)].map(({ columns }) => columns["image"]!.data as Uint8Array);
  const distances = fromNearest(made!, real!);
  const noise = fromNearest(Uint8Array.from(randints(key(6), 100 * height * width, 256)), real!);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  expect(mean(distances)).toBeLessThan(0.02);
  expect(mean(noise)).toBeGreaterThan(0.1);
  // Both kinds are drawn.
  expect(new Set(drawn.columns["kind"]!.data as Int32Array)).toEqual(new Set([0, 1]));

  expect(has(model, "density")).toBe(false);
  expect(await score(model, await all(data), { key: key(1) })).toMatchObject({ kind: "none" });
  expect(classifier(model)).toBeDefined();
  const copy = await load(await save(model), [gmm, autoencoder]);
  expect(await sample(demand(copy, "sample"), { key: key(5), count: 100 })).toEqual(drawn);
});
