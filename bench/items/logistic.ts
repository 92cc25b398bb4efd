import {
  classify,
  dataset,
  fit,
  instantiate,
  key,
  rows,
  type DataSpec,
  type Dataset,
  type TrainingEvent,
} from "@gen/core";
import { logisticRegression } from "@gen/discriminative";
import type { BenchOptions, BenchProgram, Figures } from "../item.js";
import { readMnist, type Mnist } from "./mnist.js";
import { setup } from "./setup.js";

/** Where scikit-learn's lbfgs stands after 100 iterations, which is where its fit ends. */
const peerObjective = 14571.9955;
/** As the peer has iterations: our steps are evaluations. */
const mostEvaluations = 105;

const spec: DataSpec = {
  kind: "images",
  fields: {
    image: { type: "category", levels: 256, ordered: true, shape: [28, 28, 1] },
    label: { type: "category", levels: 10, shape: [], role: "y" },
  },
};

const images = (values: Uint8Array, labels: Uint8Array): Dataset =>
  dataset(spec, rows({ image: { data: values, shape: [28, 28, 1] }, label: Int32Array.from(labels) }));

/** Fits until an objective is reached or the evaluations are over. All that `fit` does is timed. */
async function fitted({ train, trainLabels, test, testLabels }: Mnist, evaluations: number, target: number) {
  const data = images(train, trainLabels);
  const [processor, wall] = [process.cpuUsage(), performance.now()];
  using model = await instantiate(logisticRegression, { data, key: key(0) });
  using trainer = model.trainer({ tolerance: 0 });
  let last: Extract<TrainingEvent, { type: "step" }> | undefined;
  for await (const event of fit(model, trainer, data, { key: key(0), steps: evaluations })) {
    if (event.type !== "step") continue;
    last = event;
    if (event.metrics["objective"]! <= target) break;
  }
  const fitSeconds = (performance.now() - wall) / 1e3;
  const { user, system } = process.cpuUsage(processor);
  const asked = await images(test, testLabels).take(Int32Array.from(testLabels.keys()));
  const found = await classify(model, asked);
  return {
    fitSeconds,
    fitCpuSeconds: (user + system) / 1e6,
    evaluations: last!.step,
    objective: last!.metrics["objective"]!,
    accuracy: found.filter((c, i) => c === testLabels[i]).length / found.length,
  };
}

async function run(options: BenchOptions, target: number): Promise<Figures> {
  const backend = await setup(options);
  const figures = await fitted(readMnist(options.mnist!), options.steps ?? mostEvaluations, target);
  return { backend, ...figures };
}

const program: BenchProgram = {
  item: "logistic",
  speed: (options) => run(options, peerObjective),
  quality: (options) => run(options, -Infinity),
};

export default program;
