import {
  leakyRelu,
  mean,
  neg,
  relu,
  reshape,
  softplus,
  tanh,
  add,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { gradient, tensor, type Key } from "@gen/core";
import { normal as drawNormal } from "@gen/core/random";
import {
  Adam,
  BatchNorm,
  collect,
  Conv2d,
  ConvTranspose2d,
  Dense,
  disposeAll,
  normal,
  zeros,
  type Layer,
  type Updates,
  type Variables,
} from "@gen/nn";
import type { Training } from "./training.js";

const batch = 64;
const noise = 64;
const initial = { weight: normal(0.02), biases: zeros };

class Generator implements Layer {
  private readonly dense: Dense;
  private readonly norms = [new BatchNorm({ channels: 64 }), new BatchNorm({ channels: 32 })] as const;
  private readonly wide: ConvTranspose2d;
  private readonly last: ConvTranspose2d;

  constructor(key: Key) {
    const up = { size: 4, stride: 2, padding: 1, ...initial };
    this.dense = new Dense({ inputs: noise, outputs: 3136, bias: false, key: key.fold("dense"), ...initial });
    this.wide = new ConvTranspose2d({ inputs: 64, outputs: 32, bias: false, key: key.fold("wide"), ...up });
    this.last = new ConvTranspose2d({ inputs: 32, outputs: 1, key: key.fold("last"), ...up });
  }

  get variables(): Variables {
    const [first, second] = this.norms;
    return collect({ dense: this.dense, first, wide: this.wide, second, last: this.last });
  }

  train(z: Tensor): { images: Tensor; updates: Updates } {
    const square = reshape(this.dense.call(z), [z.shape[0], 64, 7, 7]);
    const small = this.norms[0].train(square);
    const large = this.norms[1].train(this.wide.call(relu(small.y)));
    const images = tanh(this.last.call(relu(large.y)));
    return { images, updates: new Map([...small.updates, ...large.updates]) };
  }

  generate(z: Tensor): Tensor {
    const square = reshape(this.dense.call(z), [z.shape[0], 64, 7, 7]);
    const small = relu(this.norms[0].call(square));
    return tanh(this.last.call(relu(this.norms[1].call(this.wide.call(small)))));
  }
}

class Discriminator implements Layer {
  private readonly first: Conv2d;
  private readonly second: Conv2d;
  private readonly norm = new BatchNorm({ channels: 64 });
  private readonly dense: Dense;

  constructor(key: Key) {
    const down = { size: 4, stride: 2, padding: 1, ...initial };
    this.first = new Conv2d({ inputs: 1, outputs: 32, key: key.fold("first"), ...down });
    this.second = new Conv2d({ inputs: 32, outputs: 64, bias: false, key: key.fold("second"), ...down });
    this.dense = new Dense({ inputs: 3136, outputs: 1, key: key.fold("dense"), ...initial });
  }

  get variables(): Variables {
    return collect({ first: this.first, second: this.second, norm: this.norm, dense: this.dense });
  }

  train(x: Tensor): { logits: Tensor; updates: Updates } {
    const { y, updates } = this.norm.train(this.second.call(leakyRelu(this.first.call(x), 0.2)));
    return { logits: this.dense.call(reshape(leakyRelu(y, 0.2), [x.shape[0], 3136])), updates };
  }
}

/**
 * A deep convolutional GAN (Unsupervised representation learning with deep convolutional generative adversarial
 * networks, Radford, Metz & Chintala, 2016), with the non-saturating loss. At each step the discriminator learns,
 * then the generator from the same noise.
 */
export function dcgan(key: Key): Training & { generate(z: Tensor): Tensor } {
  const generator = new Generator(key.fold("generator"));
  const discriminator = new Discriminator(key.fold("discriminator"));
  const adam = (): Adam => new Adam({ learningRate: 2e-4, beta1: 0.5 });
  const trainable = ({ variables }: Layer) => Object.values(variables).filter(({ trainable: t }) => t);
  const draw = (stepKey: Key): Tensor => drawNormal(stepKey.fold("noise"), [batch, noise]);
  const judging = gradient({
    variables: trainable(discriminator),
    optimizer: adam(),
    loss(rows, stepKey) {
      const real = discriminator.train(tensor(rows, "x"));
      const fake = discriminator.train(generator.train(draw(stepKey)).images);
      const loss = add(mean(softplus(neg(real.logits))), mean(softplus(fake.logits)));
      return { loss: loss as Scalar, updates: fake.updates };
    },
  });
  const generating = gradient({
    variables: trainable(generator),
    optimizer: adam(),
    loss(_, stepKey) {
      const { images, updates } = generator.train(draw(stepKey));
      return { loss: mean<Scalar>(softplus(neg(discriminator.train(images).logits))), updates };
    },
  });
  const all = collect({ generator, discriminator });
  return {
    batch,
    variables: [...trainable(discriminator), ...trainable(generator)],
    trainers: [judging, generating],
    generate: (z) => generator.generate(z),
    [Symbol.dispose]() {
      judging[Symbol.dispose]();
      generating[Symbol.dispose]();
      disposeAll(all);
    },
  };
}
