import { broadcastTo, tensor } from "@tensorflow/tfjs-core";
import { fit, instantiate, key, sample } from "@gen/core";
import { denoisingError, diffusion } from "@gen/diffusion";
import type { BenchOptions, BenchProgram, Figures, TrainingRun } from "../item.js";
import { parameterCount } from "./parameter-count.js";
import { hashNormal } from "./hash.js";
import { meanOver } from "./mean-over.js";
import { paddedMnist } from "./padded-mnist.js";
import { endless, setup, stepsOf, stepTimes } from "./setup.js";

const batch = 64;
const [tested, part] = [2000, 100];
const pixels = 32 * 32;
const { training } = diffusion.manifest.presets.ddpm;

async function begin(options: BenchOptions, steps: number) {
  const { mnist, seed } = options;
  const backend = await setup(options);
  const data = paddedMnist(mnist!, "train");
  const model = await instantiate(diffusion, { data, key: key(seed) });
  const inner = model.inner as unknown as ReturnType<typeof diffusion.build>;
  const events = fit(model, model.trainer(training), data, { key: key(seed), steps, batch });
  const params = parameterCount(Object.values(inner.denoiser.network.variables));
  return { backend, model, inner, steps: stepsOf(events), params };
}

/** The mean square of ε - ε̂ over the first test images, each at a time and with a noise of its own. */
async function testError(model: ReturnType<typeof diffusion.build>, folder: string): Promise<number> {
  const places = Int32Array.from({ length: tested }, (_, i) => i);
  const { columns } = await paddedMnist(folder, "test").take(places);
  const data = Float32Array.from(columns["image"]!.data as Uint8Array, (level) => (2 * level) / 255 - 1);
  const noise = Float32Array.from(hashNormal(11, tested * pixels));
  const first = { data, length: tested, shape: [1, 32, 32] };
  return meanOver(first, part, (x, from) => {
    const times = Int32Array.from({ length: part }, (_, i) => (997 * (from + i)) % 1000);
    const drawn = tensor(noise.subarray(from * pixels, (from + part) * pixels), x.shape);
    // The mean of a part stands for each of its rows.
    return broadcastTo(denoisingError(model, { data: x, noise: drawn }, tensor(times)), [part]);
  });
}

async function quality(options: BenchOptions): Promise<Figures> {
  const count = options.steps ?? 2000;
  const { backend, inner, steps, params } = await begin(options, count);
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1e3;
  for await (const event of steps)
    if (event.step % 100 === 0)
      options.log(`step ${event.step} loss ${event.metrics["loss"]!.toFixed(4)} ${seconds().toFixed(0)} s`);
  const trainSeconds = seconds();
  return { backend, params, steps: count, trainSeconds, testEpsLoss: await testError(inner, options.mnist!) };
}

const train = (options: BenchOptions): Promise<TrainingRun> => begin(options, endless);

async function speed(options: BenchOptions): Promise<Figures> {
  const { backend, model, steps, params } = await begin(options, endless);
  const times = await stepTimes(steps, options);
  const draw = () => sample(model, { key: key(5), count: 16, options: { sampler: "ddim", steps: 50 } });
  await draw();
  const start = performance.now();
  await draw();
  return { backend, params, ...times, ddim50x16Seconds: (performance.now() - start) / 1e3 };
}

const program: BenchProgram = { item: "ddpm-unet", train, speed, quality };

export default program;
