import {
  classifier,
  classify,
  dataset,
  fit,
  instantiate,
  key,
  pca,
  rows,
  type DataSpec,
  type Dataset,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import {
  expectation,
  gmm,
  logLikelihoodOf,
  maximisation,
  standard,
  type CovarianceType,
  type Mixture,
} from "@gen/gmm";
import type { BenchOptions, BenchProgram, Figures } from "../item.js";
import { hashNormal, hashUniform } from "./hash.js";
import { readMnist } from "./mnist.js";

const [n, d, k] = [50_000, 16, 10];

/** Item 9's points: component i mod 10, m_c + L_c z. */
function points(): Float64Array {
  const means = hashUniform(21, k * d).map((u) => 6 * (u - 0.5));
  const off = hashUniform(22, k * d * d);
  const diagonal = hashUniform(23, k * d);
  const z = hashNormal(24, n * d);
  const x = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const c = i % k;
    for (let row = 0; row < d; row++) {
      let value = means[c * d + row]!;
      for (let column = 0; column <= row; column++) {
        const at = c * d * d + row * d + column;
        const scale = row === column ? 0.5 + diagonal[c * d + row]! : 0.3 * (2 * off[at]! - 1);
        value += scale * z[i * d + column]!;
      }
      x[i * d + row] = value;
    }
  }
  return x;
}

/** Seconds of each EM iteration, and the mean log-likelihood after them. */
function iterate(x: Float64Array, type: CovarianceType): { seconds: number; meanLogLik: number } {
  const floor = new Float64Array(d).fill(1e-6);
  let mixture: Mixture = { ...standard(type, k, d), means: x.slice(0, k * d) };
  const times: number[] = [];
  for (let iteration = 0; iteration < 20; iteration++) {
    const start = performance.now();
    mixture = maximisation(mixture, expectation(mixture, x), floor);
    times.push((performance.now() - start) / 1e3);
  }
  times.sort((a, b) => a - b);
  return { seconds: times[10]!, meanLogLik: logLikelihoodOf(mixture, x) / n };
}

function clusters(): Figures {
  const x = points();
  const [full, diagonal] = [iterate(x, "full"), iterate(x, "diagonal")];
  return {
    "fullF64.secondsPerIteration": full.seconds,
    "diagF64.secondsPerIteration": diagonal.seconds,
    "fullF64.meanLogLik": full.meanLogLik,
    "diagF64.meanLogLik": diagonal.meanLogLik,
  };
}

const spec: DataSpec = {
  kind: "images",
  fields: {
    image: { type: "category", levels: 256, ordered: true, shape: [28, 28, 1] },
    label: { type: "category", levels: 10, shape: [], role: "y" },
  },
};

const images = (values: Uint8Array, labels: Uint8Array): Dataset =>
  dataset(spec, rows({ image: { data: values, shape: [28, 28, 1] }, label: Int32Array.from(labels) }));

async function accuracies({ mnist, log, seed }: BenchOptions): Promise<number[]> {
  const data = readMnist(mnist!);
  const train = images(data.train, data.trainLabels);
  const test = await images(data.test, data.testLabels).take(
    Int32Array.from({ length: 10_000 }, (_, i) => i),
  );
  const over = await pca(train, { components: 50 });
  log("principal components fitted");
  const found: number[] = [];
  for (let s = seed; s < seed + 3; s++) {
    using model = await instantiate(gmm, { data: train, over, config: { components: 5 }, key: key(s) });
    using trainer = model.trainer();
    for await (const event of fit(model, trainer, train, { key: key(s), steps: 100, batch: 4096 }))
      if (event.type === "end") log(`seed ${s}: ${event.reason} after ${event.step} sweeps`);
    const classes = await classify(classifier(model)!, test);
    found.push(classes.filter((c, i) => c === data.testLabels[i]).length / classes.length);
    log(`seed ${s}: test accuracy ${found.at(-1)!}`);
  }
  return found;
}

const program: BenchProgram = {
  item: "gmm",
  speed: () => Promise.resolve(clusters()),
  async quality(options) {
    await useBackend("cpu");
    const found = await accuracies(options);
    return {
      ...clusters(),
      classifierAccuracy: found.reduce((a, b) => a + b, 0) / found.length,
      ...Object.fromEntries(found.map((value, i) => [`classifierAccuracySeed${options.seed + i}`, value])),
    };
  },
};

export default program;
