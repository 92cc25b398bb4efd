import { add, concat, cos, expandDims, mul, sin, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Dense, Embedding, silu, type Layer, type Variables } from "@gen/nn";

export interface TimeEmbeddingOptions {
  readonly width: number;
  readonly times: number;
  readonly labels: number | undefined;
  readonly key: Key;
}

/**
 * The time as sines and cosines of angles t / 10000^(i / half), t counted in thousandths of the whole (Attention is all
 * you need, Vaswani et al., 2017), then two layers; a label's vector is added where there are labels.
 */
export class TimeEmbedding implements Layer {
  private readonly first: Dense;
  private readonly second: Dense;
  private readonly label: Embedding | undefined;
  private readonly frequencies: Float32Array;

  constructor({ width, times, labels, key }: TimeEmbeddingOptions) {
    const half = Math.ceil(width / 2);
    this.frequencies = Float32Array.from(
      { length: half },
      (_, i) => (1000 / times) * Math.exp((-Math.log(10_000) * i) / half),
    );
    this.first = new Dense({ inputs: 2 * half, outputs: width, key: key.fold("first") });
    this.second = new Dense({ inputs: width, outputs: width, key: key.fold("second") });
    this.label =
      labels === undefined ? undefined : new Embedding({ levels: labels + 1, width, key: key.fold("label") });
  }

  get variables(): Variables {
    const { first, second, label } = this;
    return collect({ first, second, ...(label && { label }) });
  }

  /** times: float32 [rows]; labels: int32 [rows]; gives [rows, width]. */
  call(times: Tensor, labels?: Tensor): Tensor {
    return tidy(() => {
      const angles = mul(expandDims(times, 1), tensor(this.frequencies, [1, this.frequencies.length]));
      const time = this.second.call(silu(this.first.call(concat([sin(angles), cos(angles)], 1))));
      return silu(this.label && labels ? add(time, this.label.call(labels)) : time);
    });
  }
}
