import { gather, tidy, variable, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import type { Initialiser } from "../initialisers/initialiser.js";
import { normal } from "../initialisers/initialisers.js";
import type { Layer, Variables } from "../variables.js";

export interface EmbeddingOptions {
  /** How many symbols there are. */
  readonly levels: number;
  readonly width: number;
  readonly key: Key;
  readonly weight?: Initialiser;
}

/** A vector for each symbol: a table of shape [levels, width], N(0, 1) at first unless told otherwise. */
export class Embedding implements Layer {
  readonly weight: Variable;

  constructor({ levels, width, key, weight = normal(1) }: EmbeddingOptions) {
    this.weight = tidy(() =>
      variable(weight(key.fold("weight"), [levels, width], { fanIn: levels, fanOut: width })),
    );
  }

  get variables(): Variables {
    return { weight: this.weight };
  }

  /** symbols: int32 of any shape, from 0 to levels - 1; gives [...shape, width]. */
  call(symbols: Tensor): Tensor {
    return gather(this.weight, symbols);
  }
}
