import {
  classifier,
  classify,
  dataset,
  fit,
  instantiate,
  key,
  pca,
  rows,
  subset,
  type DataSpec,
  type Dataset,
  type Encoding,
} from "@gen/core";
import { gmm } from "@gen/gmm";
import type { BenchOptions } from "../item.js";
import { readMnist } from "./mnist.js";

/** What is chosen from, on the last 10 000 training images: as in peers/gmm.py. */
const grid = [5, 10, 20].flatMap((components) =>
  [0.003, 0.01, 0.03].map((regularization) => ({ components, regularization })),
);
type Setting = (typeof grid)[number];

const seeds = 3;

const spec: DataSpec = {
  kind: "images",
  fields: {
    image: { type: "category", levels: 256, ordered: true, shape: [28, 28, 1] },
    label: { type: "category", levels: 10, shape: [], role: "y" },
  },
};

const images = (values: Uint8Array, labels: Uint8Array): Dataset =>
  dataset(spec, rows({ image: { data: values, shape: [28, 28, 1] }, label: Int32Array.from(labels) }));

const range = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);

async function encoded(data: Dataset, encoding: Encoding): Promise<Dataset> {
  const all = encoding.encode(await data.take(range(0, data.length)));
  return dataset(encoding.to, all);
}

/** The share of images whose class a mixture for each class finds. */
async function accuracy(
  train: Dataset,
  test: Dataset,
  { components, regularization }: Setting,
  seed: number,
): Promise<number> {
  using model = await instantiate(gmm, { data: train, config: { components }, key: key(seed) });
  using trainer = model.trainer({ regularization });
  const options = { key: key(seed), steps: 100, batch: 8192 };
  for await (const event of fit(model, trainer, train, options)) if (event.type === "end") break;
  const x = await test.take(range(0, test.length));
  const found = await classify(classifier(model)!, x);
  const labels = x.columns["label"]!.data as Int32Array;
  return found.filter((c, i) => c === labels[i]).length / test.length;
}

/**
 * Test accuracy of a mixture for each class on 50 principal components, the mean of three seeds: components and
 * regularization are chosen on the last 10 000 training images, then all are learned from.
 */
export async function accuracyOn(
  folder: string,
  { log, seed }: BenchOptions,
): Promise<{ readonly accuracy: number; readonly settings: string }> {
  const data = readMnist(folder);
  const raw = images(data.train, data.trainLabels);
  const basis = await pca(raw, { components: 50 });
  const train = await encoded(raw, basis);
  const test = await encoded(images(data.test, data.testLabels), basis);
  log("principal components fitted");
  const [first, last] = [subset(train, range(0, 50_000)), subset(train, range(50_000, 60_000))];
  let best: { readonly setting: Setting; readonly found: number } | undefined;
  for (const setting of grid) {
    const found = await accuracy(first, last, setting, seed);
    log(`${JSON.stringify(setting)}: ${found} on the last training images`);
    if (best === undefined || found > best.found) best = { setting, found };
  }
  let total = 0;
  for (let s = seed; s < seed + seeds; s++) {
    const found = await accuracy(train, test, best!.setting, s);
    log(`seed ${s}: test accuracy ${found}`);
    total += found;
  }
  return { accuracy: total / seeds, settings: JSON.stringify(best!.setting) };
}
