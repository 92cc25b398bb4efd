import { dataset, fit, instantiate, key, read, rows, sample, type DataSpec } from "@gen/core";
import { pixelcnn, type PixelModel } from "@gen/pixelcnn";
import type { BenchOptions, BenchProgram, Figures, TrainingRun } from "../item.js";
import { parameterCount } from "./parameter-count.js";
import { readMnist } from "./mnist.js";
import { endless, setup, stepsOf, stepTimes } from "./setup.js";

const [batch, perEpoch] = [64, 937];
const shape = [28, 28, 1];
const field = { type: "category", levels: 2, ordered: true, shape } as const;
const spec: DataSpec = { kind: "images", fields: { image: field } };

/** Images in black and white. */
const binary = (images: Uint8Array) =>
  rows({ image: { data: images.map((level) => Number(level > 127)), shape } });

async function begin(options: BenchOptions) {
  const backend = await setup(options);
  const files = readMnist(options.mnist!);
  const data = dataset(spec, binary(files.train));
  const model = await instantiate(pixelcnn, { data, key: key(options.seed) });
  const inner = model.inner as unknown as ReturnType<typeof pixelcnn.build>;
  const params = parameterCount(Object.values(inner.variables));
  return { backend, data, inner, model, params, test: files.test, trainer: model.trainer() };
}

/** Mean nats of the test images. */
async function nats(model: PixelModel, test: Uint8Array): Promise<number> {
  const logProb = await read(model.logProb(binary(test)));
  return -logProb.reduce((sum, value) => sum + value, 0) / logProb.length;
}

async function quality(options: BenchOptions): Promise<Figures> {
  const { backend, data, inner, model, params, test, trainer } = await begin(options);
  const steps = options.steps ?? perEpoch * (options.epochs ?? 2);
  const started = performance.now();
  for await (const event of fit(model, trainer, data, { key: key(options.seed), steps, batch }))
    if (event.type === "step" && event.step % 100 === 0)
      options.log(
        `step ${event.step} loss ${event.metrics["loss"]!.toFixed(4)} ${((performance.now() - started) / 1e3).toFixed(0)} s`,
      );
  const trainSeconds = (performance.now() - started) / 1e3;
  return { backend, params, steps, trainSeconds, testNatsPerImage: await nats(inner, test) };
}

async function begun(options: BenchOptions) {
  const { backend, data, inner, model, params, trainer } = await begin(options);
  const events = fit(model, trainer, data, { key: key(options.seed), steps: endless, batch });
  return { backend, inner, params, steps: stepsOf(events) };
}

const train = (options: BenchOptions): Promise<TrainingRun> => begun(options);

async function speed(options: BenchOptions): Promise<Figures> {
  const { backend, inner, params, steps } = await begun(options);
  const times = await stepTimes(steps, options);
  const start = performance.now();
  await sample(inner, { key: key(5), count: 16 });
  return { backend, params, ...times, sample16Seconds: (performance.now() - start) / 1e3 };
}

const program: BenchProgram = { item: "pixelcnn", train, speed, quality };

export default program;
