import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { column, dataset, fit, instantiate, key, rows, sample, type DataSpec } from "@gen/core";
import { dcgan, Gan } from "@gen/gan/dcgan";
import type { BenchOptions, BenchProgram, Figures } from "../item.js";
import { items } from "../items.js";
import { parameterCount } from "./parameter-count.js";
import { runPeer } from "../peer.js";
import { readMnist } from "./mnist.js";
import { endless, setup, stepsOf, stepTimes } from "./setup.js";

const batch = 64;
const perEpoch = Math.floor(60_000 / batch);
const [count, part] = [5000, 500];
const field = { type: "category", levels: 256, ordered: true, shape: [28, 28, 1] } as const;
const spec: DataSpec = { kind: "images", fields: { image: field } };

/** The family as the peer has it: its default networks and optimizers, without an average of the generator. */
async function begin(options: BenchOptions) {
  const { mnist, seed } = options;
  const backend = await setup(options);
  const images = { data: readMnist(mnist!).train, shape: [28, 28, 1] };
  const data = dataset(spec, rows({ image: images }));
  const model = await instantiate(dcgan, { data, key: key(seed) });
  const trainer = model.trainer({ average: 0 });
  const { inner } = model;
  if (!(inner instanceof Gan)) throw new TypeError("The plugin builds something else.");
  const params = parameterCount(Object.values(inner.variables).filter(({ trainable }) => trainable));
  const taken = (steps: number) => fit(model, trainer, data, { key: key(seed), steps, batch });
  return { backend, model, params, taken };
}

/** Bytes of images as an idx file. */
function idx3(images: Uint8Array): Uint8Array {
  const file = Buffer.alloc(16 + images.length);
  [0x803, count, 28, 28].forEach((value, i) => file.writeUInt32BE(value, 4 * i));
  file.set(images, 16);
  return file;
}

/** The peer's figures of samples, in the features of its own classifier. */
async function scored(images: Uint8Array, options: BenchOptions): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "gen-bench-"));
  try {
    const score = join(folder, "samples-idx3-ubyte");
    writeFileSync(score, idx3(images));
    return await runPeer(items["dcgan"]!, "quality", { ...options, score });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function begun(options: BenchOptions) {
  const { taken, ...rest } = await begin(options);
  return { ...rest, steps: stepsOf(taken(endless)) };
}

async function speed(options: BenchOptions): Promise<Figures> {
  const { backend, params, steps } = await begun(options);
  return { backend, params, ...(await stepTimes(steps, options)) };
}

async function quality(options: BenchOptions): Promise<Figures> {
  const { backend, model, params, taken } = await begin(options);
  const steps = options.steps ?? perEpoch * (options.epochs ?? 3);
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1e3;
  for await (const event of taken(steps)) {
    if (event.type === "diagnosis") options.log(event.diagnosis.remedy);
    if (event.type !== "step" || event.step % 100 !== 0) continue;
    const { critic, generator } = event.metrics;
    options.log(
      `step ${event.step} loss ${critic!.toFixed(4)} ${generator!.toFixed(4)} ${seconds().toFixed(0)} s`,
    );
  }
  const trainSeconds = seconds();
  const images = new Uint8Array(count * 784);
  for (let from = 0; from < count; from += part) {
    const drawn = await sample(model, { key: key(1234).fold(from), count: part });
    images.set(column(drawn, "image").data as ArrayLike<number>, from * 784);
  }
  const { frechet, precision, recall, density, coverage } = await scored(images, options);
  return {
    backend,
    params,
    steps,
    trainSeconds,
    frechet: frechet!,
    precision: precision!,
    recall: recall!,
    density: density!,
    coverage: coverage!,
  };
}

const program: BenchProgram = { item: "dcgan", train: begun, speed, quality };

export default program;
