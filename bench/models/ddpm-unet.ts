import {
  add,
  cast,
  concat,
  cos,
  expandDims,
  gather,
  matMul,
  mean,
  mul,
  reshape,
  sin,
  slice,
  softmax,
  square,
  sub,
  tensor as makeTensor,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { gradient, tensor, type Key } from "@gen/core";
import { normal, randint } from "@gen/core/random";
import {
  Adam,
  collect,
  Conv2d,
  Dense,
  disposeAll,
  GroupNorm,
  silu,
  upsampleNearest,
  zeros,
  type Layer,
  type Variables,
} from "@gen/nn";
import type { Training } from "./training.js";

const times = 1000;
const embedding = 128;

const norm = (channels: number): GroupNorm => new GroupNorm({ channels, groups: 8 });

/** Two convolutions with the time between them, beside a skip. */
class Residual implements Layer {
  private readonly parts: {
    readonly norm1: GroupNorm;
    readonly conv1: Conv2d;
    readonly time: Dense;
    readonly norm2: GroupNorm;
    readonly conv2: Conv2d;
  };
  private readonly skip: Conv2d | undefined;

  constructor(inputs: number, outputs: number, key: Key) {
    this.parts = {
      norm1: norm(inputs),
      conv1: new Conv2d({ inputs, outputs, size: 3, padding: 1, key: key.fold("conv1") }),
      time: new Dense({ inputs: embedding, outputs, key: key.fold("time") }),
      norm2: norm(outputs),
      conv2: new Conv2d({ inputs: outputs, outputs, size: 3, padding: 1, key: key.fold("conv2") }),
    };
    this.skip =
      inputs === outputs ? undefined : new Conv2d({ inputs, outputs, size: 1, key: key.fold("skip") });
  }

  get variables(): Variables {
    return collect({ ...this.parts, ...(this.skip && { skip: this.skip }) });
  }

  call(x: Tensor, time: Tensor): Tensor {
    const { norm1, conv1, norm2, conv2 } = this.parts;
    const shift = this.parts.time.call(time);
    const h = add(conv1.call(silu(norm1.call(x))), reshape(shift, [...shift.shape, 1, 1]));
    return add(this.skip ? this.skip.call(x) : x, conv2.call(silu(norm2.call(h))));
  }
}

/** One head of attention over all pixels. */
class Attention implements Layer {
  private readonly parts: { readonly norm: GroupNorm; readonly qkv: Conv2d; readonly projection: Conv2d };

  constructor(
    private readonly channels: number,
    key: Key,
  ) {
    this.parts = {
      norm: norm(channels),
      qkv: new Conv2d({ inputs: channels, outputs: 3 * channels, size: 1, key: key.fold("qkv") }),
      projection: new Conv2d({ inputs: channels, outputs: channels, size: 1, key: key.fold("projection") }),
    };
  }

  get variables(): Variables {
    return collect(this.parts);
  }

  call(x: Tensor): Tensor {
    const { channels } = this;
    const count = x.shape[0];
    const all = reshape(this.parts.qkv.call(this.parts.norm.call(x)), [count, 3 * channels, -1]);
    const [q, k, v] = [0, 1, 2].map((i) => slice(all, [0, i * channels, 0], [-1, channels, -1])) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const weights = softmax(mul(matMul(q, k, true, false), 1 / Math.sqrt(channels)));
    return add(x, this.parts.projection.call(reshape(matMul(v, weights, false, true), x.shape)));
  }
}

/** The denoiser ε(x, t) of Denoising diffusion probabilistic models (Ho, Jain & Abbeel, 2020), small. */
class UNet implements Layer {
  private readonly dense: { readonly time1: Dense; readonly time2: Dense };
  private readonly convolutions: Readonly<
    Record<"first" | "down0" | "down1" | "up1" | "up0" | "last", Conv2d>
  >;
  private readonly residuals: Readonly<
    Record<"d0" | "d1" | "d2" | "m1" | "m2" | "u2" | "u1" | "u0", Residual>
  >;
  private readonly attention: Attention;
  private readonly norm = norm(32);

  constructor(
    key: Key,
    private readonly frequencies: Tensor,
  ) {
    const dense = (name: string): Dense =>
      new Dense({ inputs: embedding, outputs: embedding, key: key.fold(name) });
    this.dense = { time1: dense("time1"), time2: dense("time2") };
    const conv = (name: string, inputs: number, outputs: number, stride = 1): Conv2d =>
      new Conv2d({ inputs, outputs, size: 3, stride, padding: 1, key: key.fold(name) });
    const last = new Conv2d({
      inputs: 32,
      outputs: 1,
      size: 3,
      padding: 1,
      key: key.fold("last"),
      weight: zeros,
      biases: zeros,
    });
    this.convolutions = {
      first: conv("first", 1, 32),
      down0: conv("down0", 32, 32, 2),
      down1: conv("down1", 64, 64, 2),
      up1: conv("up1", 64, 64),
      up0: conv("up0", 64, 64),
      last,
    };
    const residual = (name: string, inputs: number, outputs: number): Residual =>
      new Residual(inputs, outputs, key.fold(name));
    this.residuals = {
      d0: residual("d0", 32, 32),
      d1: residual("d1", 32, 64),
      d2: residual("d2", 64, 64),
      m1: residual("m1", 64, 64),
      m2: residual("m2", 64, 64),
      u2: residual("u2", 128, 64),
      u1: residual("u1", 128, 64),
      u0: residual("u0", 96, 32),
    };
    this.attention = new Attention(64, key.fold("attention"));
  }

  get variables(): Variables {
    const { dense, convolutions, residuals, attention, norm: last } = this;
    return collect({ ...dense, ...convolutions, ...residuals, attention, norm: last });
  }

  /** x: [count, 1, 32, 32]; t: int32 [count]; gives the noise. */
  call(x: Tensor, t: Tensor): Tensor {
    const { first, down0, down1, up1, up0, last } = this.convolutions;
    const { d0, d1, d2, m1, m2, u2, u1, u0 } = this.residuals;
    const angles = mul(expandDims(cast(t, "float32"), 1), this.frequencies);
    const e = silu(this.dense.time2.call(silu(this.dense.time1.call(concat([sin(angles), cos(angles)], 1)))));
    const h0 = d0.call(first.call(x), e);
    const h1 = d1.call(down0.call(h0), e);
    const h2 = d2.call(down1.call(h1), e);
    let h = m2.call(this.attention.call(m1.call(h2, e)), e);
    h = up1.call(upsampleNearest(u2.call(concat([h, h2], 1), e), 2));
    h = up0.call(upsampleNearest(u1.call(concat([h, h1], 1), e), 2));
    return last.call(silu(this.norm.call(u0.call(concat([h, h0], 1), e))));
  }
}

/** The products ᾱ of 1 - β, β from 1e-4 to 0.02 in equal steps. */
function keptVariance(): Float64Array {
  let product = 1;
  return Float64Array.from(
    { length: times },
    (_, t) => (product *= 1 - (1e-4 + ((0.02 - 1e-4) * t) / (times - 1))),
  );
}

export interface Denoiser extends Training {
  /** Mean square of ε - ε̂ for given times and noise. */
  error(x: Tensor, t: Tensor, noise: Tensor): Tensor;
  denoise(x: Tensor, t: Tensor): Tensor;
}

export function ddpm(key: Key): Denoiser {
  const frequencies = makeTensor(
    Float32Array.from({ length: embedding / 2 }, (_, i) =>
      Math.exp((-Math.log(10_000) * i) / (embedding / 2)),
    ),
  );
  const kept = keptVariance();
  const [signal, spread] = [
    makeTensor(Float32Array.from(kept, Math.sqrt)),
    makeTensor(Float32Array.from(kept, (value) => Math.sqrt(1 - value))),
  ];
  const network = new UNet(key, frequencies);
  const error = (x: Tensor, t: Tensor, noise: Tensor): Tensor => {
    const at = (table: Tensor): Tensor => reshape(gather(table, t), [-1, 1, 1, 1]);
    const noised = add(mul(at(signal), x), mul(at(spread), noise));
    return mean(square(sub(noise, network.call(noised, t))));
  };
  const variables = Object.values(network.variables);
  const trainer = gradient({
    variables,
    optimizer: new Adam({ learningRate: 2e-4 }),
    loss(rows, stepKey) {
      const x = tensor(rows, "x");
      const t = randint(stepKey.fold("time"), [rows.length], times);
      return { loss: error(x, t, normal(stepKey.fold("noise"), x.shape)) as Scalar };
    },
  });
  return {
    batch: 64,
    variables,
    trainers: [trainer],
    error,
    denoise: (x, t) => network.call(x, t),
    [Symbol.dispose]() {
      trainer[Symbol.dispose]();
      disposeAll(network.variables);
      for (const each of [frequencies, signal, spread]) each.dispose();
    },
  };
}
