import type { Tensor } from "@tensorflow/tfjs-core";
import {
  ancestral,
  type Autoregressive,
  type Capability,
  type Column,
  type DataSpec,
  type Density,
  type Discrete,
  type Features,
  type Rows,
  type Sampleable,
} from "@gen/core";
import { Chain, type Alphabet, type State } from "./chain.js";
import { lastHidden } from "./features.js";
import { linesOf } from "./lines.js";
import { lineLogProbs } from "./log-prob.js";
import type { Transformer } from "./transformer.js";

export interface TextOptions {
  readonly spec: DataSpec;
  readonly field: string;
  readonly network: Transformer;
  readonly alphabet: Alphabet;
  /** The symbol that begins and ends every line. */
  readonly end: number;
  /** Symbols to draw at most, unless told otherwise. */
  readonly length: number;
  /** What every line begins with. */
  readonly prefix: Int32Array;
}

/**
 * What a language model says of text that goes on from a prefix: log p(x | prefix), which includes that the line
 * ends after x. Samples carry the prefix.
 */
export class Text implements Autoregressive<State>, Density, Features, Sampleable {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>([
    "autoregressive",
    "density",
    "features",
    "sample",
  ]);
  readonly spec: DataSpec;
  readonly alphabet: Alphabet;
  protected readonly options: TextOptions;
  private readonly chain: Chain;

  constructor(options: TextOptions) {
    this.options = options;
    this.spec = options.spec;
    this.alphabet = options.alphabet;
    this.chain = new Chain(options);
  }

  symbols(x: Rows): Column {
    return this.chain.symbols(x);
  }

  assemble(symbols: Column): Rows {
    return this.chain.assemble(symbols);
  }

  begin(count: number): State {
    return this.chain.begin(count);
  }

  next(state: State): Discrete {
    return this.chain.next(state);
  }

  append(state: State, symbols: Tensor): State {
    return this.chain.append(state, symbols);
  }

  logProb(x: Rows): Tensor {
    const { network, field, end, prefix } = this.options;
    const before = Int32Array.of(end, ...prefix);
    return lineLogProbs(network, linesOf(x, field, before, Int32Array.of(end)), prefix.length);
  }

  features(x: Rows): Tensor {
    const { network, field, end, prefix } = this.options;
    return lastHidden(network, linesOf(x, field, Int32Array.of(end, ...prefix), new Int32Array(0)));
  }

  get protocol() {
    const { network, field, alphabet, end, length, prefix } = this.options;
    // The chain begins without the prefix: the protocol puts it into the samples as well.
    return ancestral(new Chain({ network, field, alphabet, end }), { length, end, prefix });
  }
}
