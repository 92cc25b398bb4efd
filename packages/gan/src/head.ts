import { add, mul, reshape, sum, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Dense, type Initialiser, type Layer, type Variables } from "@gen/nn";
import { Linear } from "./critic-layer.js";
import type { Judgement, Mode } from "./networks.js";

export interface HeadOptions {
  /** Numbers in a feature vector. */
  readonly width: number;
  /** 0 where there are no labels. */
  readonly classes: number;
  readonly spectral: boolean;
  readonly key: Key;
  readonly weight?: Initialiser;
  readonly biases?: Initialiser;
}

/**
 * A critic's last layer: w φ(x) + b, and with classes also e_y φ(x), with a learned vector e_y for each class
 * (cGANs with projection discriminator, Miyato & Koyama, 2018).
 */
export class Head implements Layer {
  private readonly linear: Linear;
  private readonly projection: Linear | undefined;

  constructor({ width, classes, spectral, key, ...initial }: HeadOptions) {
    const linear = (outputs: number, bias: boolean, own: Key): Linear => {
      const layer = new Dense({ inputs: width, outputs, bias, key: own, ...initial });
      return new Linear(layer, { spectral, key: own.fold("spectral") });
    };
    this.linear = linear(1, true, key.fold("linear"));
    this.projection = classes > 0 ? linear(classes, false, key.fold("projection")) : undefined;
  }

  get variables(): Variables {
    return collect({ linear: this.linear, ...(this.projection && { projection: this.projection }) });
  }

  /** features: [rows, width]; y: one-hot, [rows, classes]. */
  run(features: Tensor, y: Tensor | undefined, mode: Mode): Judgement {
    const { y: scores, updates } = this.linear.run(features, mode);
    const logits = reshape(scores, [-1]);
    if (!this.projection || !y) return { logits, features, updates };
    const projected = this.projection.run(features, mode);
    return {
      logits: add(logits, sum(mul(projected.y, y), 1)),
      features,
      updates: new Map([...updates, ...projected.updates]),
    };
  }
}
