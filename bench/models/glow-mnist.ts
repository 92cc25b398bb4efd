import {
  add,
  concat,
  conv2d,
  exp,
  expandDims,
  eye,
  matMul,
  mean,
  mul,
  neg,
  relu,
  reshape,
  softplus,
  split,
  square,
  sub,
  sum,
  tensor as makeTensor,
  tidy,
  transpose,
  variable,
  zeros as zeroTensor,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  type Variable,
} from "@tensorflow/tfjs-core";
import { gradient, tensor, type Key, type Rows } from "@gen/core";
import { uniform } from "@gen/core/random";
import { Adam, collect, Conv2d, disposeAll, orthogonal, zeros, type Layer, type Variables } from "@gen/nn";
import { factorised } from "./factorised.js";
import type { Training } from "./training.js";

const hidden = 64;
const logTwoPi = Math.log(2 * Math.PI);

/** Four pixels of each channel become four channels. */
function squeezed(x: Tensor): Tensor {
  const [count, channels, height, width] = x.shape as [number, number, number, number];
  const apart = reshape(x, [count, channels, height / 2, 2, width / 2, 2]);
  return reshape(transpose(apart, [0, 1, 3, 5, 2, 4]), [count, 4 * channels, height / 2, width / 2]);
}

const halves = (x: Tensor): [Tensor, Tensor] => split(x, 2, 1) as [Tensor, Tensor];

/** Actnorm, an invertible 1×1 convolution by its factors, and an affine coupling. */
class Step implements Layer {
  readonly variables: Variables;
  private readonly own: Readonly<Record<"bias" | "logScale" | "lower" | "upper" | "logDiagonal", Variable>>;
  private readonly network: readonly [Conv2d, Conv2d, Conv2d];
  private readonly constants: Readonly<
    Record<"permutation" | "sign" | "below" | "above" | "identity", Tensor>
  >;

  constructor(
    private readonly channels: number,
    key: Key,
  ) {
    const size = [channels, channels];
    const rotation = orthogonal(key.fold("rotation"), size, { fanIn: channels, fanOut: channels });
    const factors = factorised(rotation.dataSync(), channels);
    rotation.dispose();
    const square = (data: Float32Array): Variable => tidy(() => variable(makeTensor(data, size)));
    this.own = {
      bias: tidy(() => variable(zeroTensor([channels]))),
      logScale: tidy(() => variable(zeroTensor([channels]))),
      lower: square(factors.lower),
      upper: square(factors.upper),
      logDiagonal: tidy(() => variable(makeTensor(factors.logDiagonal))),
    };
    const mask = (inside: (row: number, column: number) => boolean): Tensor =>
      makeTensor(
        Float32Array.from({ length: channels ** 2 }, (_, i) =>
          Number(inside(Math.floor(i / channels), i % channels)),
        ),
        size,
      );
    this.constants = {
      permutation: makeTensor(factors.permutation, size),
      sign: makeTensor(factors.sign),
      below: mask((row, column) => row > column),
      above: mask((row, column) => row < column),
      identity: tidy(() => eye(channels)),
    };
    this.network = [
      new Conv2d({ inputs: channels / 2, outputs: hidden, size: 3, padding: 1, key: key.fold(0) }),
      new Conv2d({ inputs: hidden, outputs: hidden, size: 1, key: key.fold(1) }),
      new Conv2d({
        inputs: hidden,
        outputs: channels,
        size: 3,
        padding: 1,
        key: key.fold(2),
        weight: zeros,
        biases: zeros,
      }),
    ];
    const [first, second, last] = this.network;
    this.variables = collect({ ...this.own, first, second, last });
  }

  /** Sets actnorm so that the channels of x come out with mean 0 and deviation 1. */
  initialise(x: Tensor): void {
    tidy(() => {
      const centre = mean(x, [0, 2, 3]);
      const centred = sub(x, reshape(centre, [this.channels, 1, 1]));
      const count = x.size / this.channels;
      const variance = mul(mean(square(centred), [0, 2, 3]), count / (count - 1));
      const deviations = Float32Array.from(variance.dataSync(), (v) => -Math.log(Math.sqrt(v) + 1e-6));
      this.own.bias.assign(neg(centre));
      this.own.logScale.assign(makeTensor(deviations));
    });
  }

  call(x: Tensor): { y: Tensor; logDeterminant: Tensor } {
    const { channels } = this;
    const { bias, logScale, logDiagonal } = this.own;
    const area = x.shape[2]! * x.shape[3]!;
    // Both are linear over the channels: one convolution does actnorm and the 1×1 convolution.
    const weight = this.weight();
    const scaled = mul(weight, exp(logScale));
    const offset = matMul(weight, mul<Tensor2D>(expandDims(bias, 1), expandDims(exp(logScale), 1)));
    const filter = reshape(transpose(scaled), [1, 1, channels, channels]);
    const mixed = add(
      conv2d(x as Tensor4D, filter as Tensor4D, 1, "valid", "NCHW"),
      reshape(offset, [channels, 1, 1]),
    );
    const [kept, changed] = halves(mixed);
    const [first, second, last] = this.network;
    const [gate, shift] = halves(last.call(relu(second.call(relu(first.call(kept))))));
    // log σ(gate + 2)
    const logGate = neg(softplus(neg(add(gate, 2))));
    const constant = mul(add(sum(logScale), sum(logDiagonal)), area);
    return {
      y: concat([kept, mul(add(changed, shift), exp(logGate))], 1),
      logDeterminant: add(sum(logGate, [1, 2, 3]), constant),
    };
  }

  dispose(): void {
    for (const each of Object.values(this.constants)) each.dispose();
  }

  /** P (L + I) (U + diag(sign · exp(r))) */
  private weight(): Tensor2D {
    const { permutation, sign, below, above, identity } = this.constants;
    const { lower, upper, logDiagonal } = this.own;
    const left = add(mul(lower, below), identity);
    const diagonal = mul(identity, expandDims(mul(sign, exp(logDiagonal)), 0));
    const right = add(mul(upper, above), diagonal);
    return matMul(permutation as Tensor2D, matMul(left as Tensor2D, right as Tensor2D));
  }
}

/** Glow of two scales (Glow: generative flow with invertible 1×1 convolutions, Kingma & Dhariwal, 2018). */
export function glow(key: Key): Training & { negativeLogLikelihood(x: Tensor): Tensor } {
  const scale = (channels: number, name: string): Step[] =>
    Array.from({ length: 4 }, (_, i) => new Step(channels, key.fold(name).fold(i)));
  const [large, small] = [scale(4, "large"), scale(8, "small")];
  const prior = new Conv2d({ inputs: 2, outputs: 4, size: 3, padding: 1, key, weight: zeros, biases: zeros });
  const all = collect({
    large: { variables: collect(Object.fromEntries(large.map((step, i) => [i, step]))) },
    small: { variables: collect(Object.fromEntries(small.map((step, i) => [i, step]))) },
    prior,
  });
  /** Nats of each image with values in [-0.5, 0.5); `each` sees what enters every step. */
  const run = (x: Tensor, each: (step: Step, input: Tensor) => void = () => {}): Tensor => {
    let h = squeezed(x);
    const determinants: Tensor[] = [];
    const advance = (step: Step): void => {
      each(step, h);
      const { y, logDeterminant } = step.call(h);
      h = y;
      determinants.push(logDeterminant);
    };
    large.forEach(advance);
    const [kept, half] = halves(h);
    const [centre, logDeviation] = halves(prior.call(kept));
    const distance = mul(square(sub(half, centre)), exp(mul(logDeviation, -2)));
    const first = sum(add(add(distance, mul(logDeviation, 2)), logTwoPi), [1, 2, 3]);
    h = squeezed(kept);
    small.forEach(advance);
    const second = sum(add(square(h), logTwoPi), [1, 2, 3]);
    return sub(
      mul(add(first, second), 0.5),
      determinants.reduce((a, b) => add(a, b)),
    );
  };
  /** (value + u) / 256 - 1/2 with u uniform. */
  const dequantised = (rows: Rows, stepKey: Key): Tensor => {
    const levels = tensor(rows, "x");
    return sub(mul(add(levels, uniform(stepKey, levels.shape)), 1 / 256), 0.5);
  };
  const variables = Object.values(all);
  const trainer = gradient({
    variables,
    optimizer: new Adam({ learningRate: 1e-3 }),
    loss: (rows, stepKey) => ({ loss: mean<Scalar>(run(dequantised(rows, stepKey.fold("levels")))) }),
  });
  return {
    batch: 64,
    variables,
    trainers: [trainer],
    start: (rows) => {
      tidy(() => run(dequantised(rows, key.fold("start")), (step, input) => step.initialise(input)));
    },
    negativeLogLikelihood: (x) => run(x),
    [Symbol.dispose]() {
      trainer[Symbol.dispose]();
      disposeAll(all);
      for (const step of [...large, ...small]) step.dispose();
    },
  };
}
