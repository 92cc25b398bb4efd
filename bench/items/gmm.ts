import {
  expectation,
  logLikelihoodOf,
  maximisation,
  prepare,
  standard,
  type CovarianceType,
  type Mixture,
} from "@gen/gmm";
import type { BenchProgram, Figures } from "../item.js";
import { accuracyOn } from "./gmm-classifier.js";
import { hashNormal, hashUniform } from "./hash.js";
import { setup } from "./setup.js";

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
  // As the trainer does: features are made once for all sweeps.
  const data = prepare(x, d, { keep: () => true });
  let mixture: Mixture = { ...standard(type, k, d), means: x.slice(0, k * d) };
  const times: number[] = [];
  for (let iteration = 0; iteration < 20; iteration++) {
    const start = performance.now();
    mixture = maximisation(mixture, expectation(mixture, data), floor);
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

const program: BenchProgram = {
  item: "gmm",
  async speed(options) {
    const backend = await setup(options);
    return { backend, ...clusters() };
  },
  async quality(options) {
    const backend = await setup(options);
    const mnist = await accuracyOn(options.mnist!, options);
    const fashion = await accuracyOn(options.fashion!, options);
    return {
      backend,
      ...clusters(),
      classifierAccuracy: mnist.accuracy,
      classifierSettings: mnist.settings,
      fashionAccuracy: fashion.accuracy,
      fashionSettings: fashion.settings,
    };
  },
};

export default program;
