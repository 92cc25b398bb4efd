import {
  classifier,
  classify,
  dataset,
  fit,
  instantiate,
  key,
  rows,
  scaleLevels,
  type AnyInstance,
  type Dataset,
  type DataSpec,
  type Plugin,
  type Rows,
} from "@gen/core";
import { naiveBayes, NaiveBayes } from "@gen/naive-bayes";
import { complementNaiveBayes } from "@gen/naive-bayes/complement";
import type { BenchOptions, BenchProgram, Figures } from "../item.js";
import { setup } from "./setup.js";
import { readMnist, type Mnist } from "./mnist.js";

const label = { type: "category", levels: 10, shape: [], role: "y" } as const;
const images: DataSpec = {
  kind: "images",
  fields: { image: { type: "category", levels: 256, ordered: true, shape: [28, 28, 1] }, label },
};

const rowsOf = (values: Uint8Array | Float32Array | Float64Array, labels: Uint8Array): Rows =>
  rows({ image: { data: values, shape: [28, 28, 1] }, label: Int32Array.from(labels) });

type Settings = Readonly<Record<string, string | number>>;
interface Column {
  readonly plugin?: Plugin;
  readonly config: Settings;
  /** Levels as numbers from 0 to this. */
  readonly highest?: number;
}

/** The columns that scikit-learn's figures stand in. */
const columns: Readonly<Record<string, Column>> = {
  gaussian: { config: {}, highest: 255 },
  gaussianSmoothed: { config: { varianceSmoothing: 0.1 }, highest: 1 },
  bernoulli: { config: { likelihood: "bernoulli", threshold: 127 } },
  multinomial: { config: { likelihood: "multinomial" } },
  complement: { plugin: complementNaiveBayes, config: {} },
  categorical: { config: {} },
  categorical8: { config: { bins: 8 } },
};

async function accuracies(
  { train, trainLabels, test, testLabels }: Mnist,
  log: BenchOptions["log"],
): Promise<Record<string, number>> {
  const data: Dataset = dataset(images, rowsOf(train, trainLabels));
  const x = rowsOf(test, testLabels);
  const found: Record<string, number> = {};
  for (const [name, { plugin = naiveBayes as unknown as Plugin, config, highest }] of Object.entries(
    columns,
  )) {
    const start = { data, config, key: key(0) };
    using model: AnyInstance =
      highest === undefined
        ? await instantiate(plugin, start)
        : await instantiate(plugin, { ...start, over: scaleLevels(images, { to: [0, highest] }) });
    using trainer = model.trainer();
    const events = fit(model, trainer, data, { key: key(0), steps: 1 });
    while ((await events.next()).done !== true);
    const classes = await classify(classifier(model)!, x);
    found[name] = classes.filter((c, i) => c === testLabels[i]).length / classes.length;
    log(`${name} ${found[name]}`);
  }
  return found;
}

interface Timed<T> {
  readonly wall: number;
  readonly processor: number;
  readonly result: T;
}

/** The median of several runs' wall times and the least of their processor times, in seconds. */
async function timed<T>(run: () => T | Promise<T>): Promise<Timed<T>> {
  let result = await run();
  const walls: number[] = [];
  let processor = Infinity;
  for (let repetition = 0; repetition < 5; repetition++) {
    const before = process.cpuUsage();
    const start = performance.now();
    result = await run();
    walls.push((performance.now() - start) / 1e3);
    const { user, system } = process.cpuUsage(before);
    processor = Math.min(processor, (user + system) / 1e6);
  }
  return { wall: walls.sort((a, b) => a - b)[2]!, processor, result };
}

const real: DataSpec = {
  kind: "images",
  fields: { image: { type: "real", shape: [28, 28, 1] }, label },
};
const defaults = {
  likelihood: "mixed",
  columns: "",
  alpha: 1,
  priors: "learned",
  varianceSmoothing: 1e-9,
  smoothingOf: "largest",
  threshold: -1,
  bins: 0,
  minCategories: 0,
} as const;

async function times({ mnist, log }: BenchOptions): Promise<Figures> {
  const { train, trainLabels, test, testLabels } = readMnist(mnist!);
  const shares = (values: Uint8Array): Float32Array => Float32Array.from(values, (value) => value / 255);
  const [x32, t32] = [shares(train), shares(test)];
  const kinds = {
    gaussian: { spec: real, config: defaults, x: x32, t: t32 },
    gaussianF64: { spec: real, config: defaults, x: Float64Array.from(x32), t: Float64Array.from(t32) },
    multinomial: {
      spec: images,
      config: { ...defaults, likelihood: "multinomial" },
      x: train,
      t: test,
    },
    bernoulli: { spec: images, config: { ...defaults, likelihood: "bernoulli" }, x: train, t: test },
  } as const;
  const figures: Record<string, number> = {};
  for (const [name, { spec, config, x, t }] of Object.entries(kinds)) {
    const [data, asked] = [rowsOf(x, trainLabels), rowsOf(t, testLabels)];
    const fitted = await timed(() => {
      const model = new NaiveBayes(spec, config);
      model.partialFit(data);
      return { model, learned: model.learned };
    });
    const predicted = await timed(() => classify(classifier(fitted.result.model)!, asked));
    const right = predicted.result.filter((c, i) => c === testLabels[i]).length;
    figures[`${name}.fitSeconds`] = fitted.wall;
    figures[`${name}.predict10kSeconds`] = predicted.wall;
    figures[`${name}.seconds`] = fitted.wall + predicted.wall;
    figures[`${name}.cpuSeconds`] = fitted.processor + predicted.processor;
    figures[`${name}.accuracy`] = right / testLabels.length;
    log(`${name}: fit ${fitted.processor} s and predict ${predicted.processor} s of processor time`);
  }
  return figures;
}

const program: BenchProgram = {
  item: "naive-bayes",
  speed: times,
  async quality(options) {
    await setup(options);
    const { mnist, fashion, log } = options;
    const found = {
      mnist: await accuracies(readMnist(mnist!), log),
      fashion: await accuracies(readMnist(fashion!), log),
    };
    return Object.fromEntries(
      Object.entries(found).flatMap(([data, figures]) =>
        Object.entries(figures).map(([name, value]) => [`${data}.${name}`, value]),
      ),
    );
  },
};

export default program;
