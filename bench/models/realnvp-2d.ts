import {
  add,
  exp,
  mean,
  mul,
  relu,
  slice,
  square,
  sub,
  sum,
  tanh,
  tensor,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { gradient, tensor as columnTensor, type Key } from "@gen/core";
import { Adam, collect, Dense, disposeAll, zeros, type Layer, type Variables } from "@gen/nn";
import { hashNormal } from "../items/hash.js";
import type { Table, Training } from "./training.js";

const batch = 256;

/** The peers' two moons: 5000 points of the outer half circle, then 5000 of the inner one. */
function moons(seed: number): Float64Array {
  const noise = hashNormal(seed, 20_000);
  return Float64Array.from({ length: 20_000 }, (_, i) => {
    const [point, coordinate] = [i >> 1, i & 1];
    const angle = (Math.PI * (point % 5000)) / 4999;
    const outer = coordinate === 0 ? Math.cos(angle) : Math.sin(angle);
    const inner = coordinate === 0 ? 1 - Math.cos(angle) : 0.5 - Math.sin(angle);
    return (point < 5000 ? outer : inner) + 0.05 * noise[i]!;
  });
}

/** Training and test points, standardised by the training points, and the logarithms of their deviations' product. */
export function standardisedMoons(): { train: Table; test: Table; logDeviation: number } {
  const [train, test] = [moons(101), moons(202)];
  const statistics = [0, 1].map((coordinate) => {
    const values = train.filter((_, i) => (i & 1) === coordinate);
    const average = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - average) ** 2, 0) / values.length;
    return { average, deviation: Math.sqrt(variance) };
  });
  const table = (points: Float64Array): Table => ({
    data: Float32Array.from(points, (value, i) => {
      const { average, deviation } = statistics[i & 1]!;
      return (value - average) / deviation;
    }),
    length: 10_000,
    shape: [2],
  });
  const logDeviation = statistics.reduce((total, { deviation }) => total + Math.log(deviation), 0);
  return { train: table(train), test: table(test), logDeviation };
}

class Coupling implements Layer {
  private readonly layers: readonly [Dense, Dense, Dense];

  constructor(key: Key) {
    this.layers = [
      new Dense({ inputs: 2, outputs: 128, key: key.fold(0) }),
      new Dense({ inputs: 128, outputs: 128, key: key.fold(1) }),
      new Dense({ inputs: 128, outputs: 4, key: key.fold(2), weight: zeros, biases: zeros }),
    ];
  }

  get variables(): Variables {
    return collect({ 0: this.layers[0], 1: this.layers[1], 2: this.layers[2] });
  }

  call(x: Tensor): Tensor {
    const [first, second, last] = this.layers;
    return last.call(relu(second.call(relu(first.call(x)))));
  }
}

/** Eight affine couplings of the plane (Density estimation using Real NVP, Dinh, Sohl-Dickstein & Bengio, 2017). */
export function realNvp(key: Key): Training & { negativeLogLikelihood(x: Tensor): Tensor } {
  const couplings = Array.from({ length: 8 }, (_, i) => new Coupling(key.fold(i)));
  const all = collect(Object.fromEntries(couplings.map((each, i) => [i, each])));
  const masks = [tensor([1, 0]), tensor([0, 1])];
  const negativeLogLikelihood = (x: Tensor): Tensor => {
    let [z, logDeterminant]: [Tensor, Tensor | undefined] = [x, undefined];
    couplings.forEach((coupling, i) => {
      const [kept, changed] = [masks[i % 2]!, masks[(i + 1) % 2]!];
      const output = coupling.call(mul(z, kept));
      const scale = mul(tanh(slice(output, [0, 0], [-1, 2])), changed);
      const shift = mul(slice(output, [0, 2], [-1, 2]), changed);
      z = add(mul(z, exp(scale)), shift);
      logDeterminant = logDeterminant ? add(logDeterminant, scale) : scale;
    });
    const energy = mul(sum(square(z), 1), 0.5);
    return sub(add(energy, Math.log(2 * Math.PI)), sum(logDeterminant!, 1));
  };
  const variables = Object.values(all);
  const trainer = gradient({
    variables,
    optimizer: new Adam({ learningRate: 1e-3 }),
    loss: (rows) => ({ loss: mean<Scalar>(negativeLogLikelihood(columnTensor(rows, "x"))) }),
  });
  return {
    batch,
    variables,
    trainers: [trainer],
    negativeLogLikelihood,
    [Symbol.dispose]() {
      trainer[Symbol.dispose]();
      disposeAll(all);
      for (const mask of masks) mask.dispose();
    },
  };
}
