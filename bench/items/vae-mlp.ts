import { memory, tidy, type Tensor } from "@tensorflow/tfjs-core";
import {
  dataset,
  fit,
  instantiate,
  key,
  read,
  rows,
  type AnyInstance,
  type DataSpec,
  type Rows,
} from "@gen/core";
import { vae } from "@gen/vae";
import type { BenchOptions, BenchProgram, Figures, TrainingRun } from "../item.js";
import { hashUniform } from "./hash.js";
import { readMnist } from "./mnist.js";
import { endless, setup, stepsOf, stepTimes } from "./setup.js";

const batch = 128;
const field = { type: "category", levels: 256, ordered: true, shape: [28, 28, 1] } as const;
const spec: DataSpec = { kind: "images", fields: { image: field } };

async function begin(options: BenchOptions) {
  const { mnist, seed } = options;
  const backend = await setup(options);
  const files = readMnist(mnist!);
  const data = dataset(spec, rows({ image: { data: files.train, shape: [28, 28, 1] } }));
  const model = await instantiate(vae, { data, key: key(seed) });
  return { backend, files, data, model, trainer: model.trainer() };
}

/** Test images as 0 and 1: by a threshold, or against the peers' reproducible uniforms. */
function binarised(test: Uint8Array, how: "threshold" | "stochastic"): Rows {
  const count = 1000 * 784;
  const noise = hashUniform(7, count);
  const bits = Float32Array.from({ length: count }, (_, i) =>
    Number(how === "threshold" ? test[i]! > 127 : noise[i]! < test[i]! / 255),
  );
  return rows({ image: { data: bits, shape: [28, 28, 1] } });
}

/** Mean bounds of the first 1000 test images, in the model's own binary space. */
async function bounds(model: AnyInstance, x: Rows, log: (line: string) => void): Promise<[number, number]> {
  const inner = model.inner as unknown as ReturnType<typeof vae.build>;
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
  const one = mean(await read(inner.elbo(x, key(1234))));
  const parts: number[] = [];
  const image = x.columns["image"]!;
  for (let from = 0; from < x.length; from += 50) {
    const data = (image.data as Float32Array).subarray(from * 784, (from + 50) * 784);
    parts.push(
      mean(await read(inner.elbo(rows({ image: { data, shape: [28, 28, 1] } }), key(1234).fold(from), 500))),
    );
  }
  log(`ELBO ${one.toFixed(3)}, IWAE-500 ${mean(Float64Array.from(parts)).toFixed(3)}`);
  return [one, mean(Float64Array.from(parts))];
}

async function quality(options: BenchOptions): Promise<Figures> {
  const { backend, files, data, model, trainer } = await begin(options);
  const epochs = options.epochs ?? 20;
  const perEpoch = Math.floor(60_000 / batch);
  const steps = options.steps ?? epochs * perEpoch;
  const started = performance.now();
  for await (const event of fit(model, trainer, data, { key: key(options.seed), steps, batch }))
    if (event.type === "step" && event.step % perEpoch === 0)
      options.log(
        `epoch ${event.step / perEpoch} loss ${event.metrics["loss"]!.toFixed(3)} ${((performance.now() - started) / 1e3).toFixed(0)} s`,
      );
  const trainSeconds = (performance.now() - started) / 1e3;
  const [elboThreshold, iwae500Threshold] = await bounds(
    model,
    binarised(files.test, "threshold"),
    options.log,
  );
  const [elboStochastic, iwae500Stochastic] = await bounds(
    model,
    binarised(files.test, "stochastic"),
    options.log,
  );
  return {
    backend,
    epochs,
    trainSeconds,
    elboThreshold,
    iwae500Threshold,
    elboStochastic,
    iwae500Stochastic,
  };
}

async function begun(options: BenchOptions) {
  const { backend, data, model, trainer } = await begin(options);
  const events = fit(model, trainer, data, { key: key(options.seed), steps: endless, batch });
  return { backend, model, steps: stepsOf(events) };
}

const train = (options: BenchOptions): Promise<TrainingRun> => begun(options);

async function speed(options: BenchOptions): Promise<Figures> {
  const { backend, model, steps } = await begun(options);
  const times = await stepTimes(steps, options);
  const inner = model.inner as unknown as ReturnType<typeof vae.build>;
  const decode = async () => {
    const image = tidy(
      () => inner.decode(inner.prior.sample(key(5), [1000])).mean!().columns["image"]!.data as Tensor,
    );
    await image.data();
    image.dispose();
  };
  await decode();
  const start = performance.now();
  await decode();
  return {
    backend,
    ...times,
    sample1000Ms: performance.now() - start,
    tensors: memory().numTensors,
  };
}

const program: BenchProgram = { item: "vae-mlp", train, speed, quality };

export default program;
