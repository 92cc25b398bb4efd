import { fill, tensor1d, tidy, where, type Tensor } from "@tensorflow/tfjs-core";
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
import { beginsWith, linesOf } from "./lines.js";
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
 * What a language model says of text that begins with a prefix: log p(x | prefix), which includes that the line ends
 * after x, and is -Infinity for text that begins otherwise. Samples are whole texts, the prefix among them.
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
    const lines = linesOf(x, field, Int32Array.of(end), Int32Array.of(end));
    const begins = lines.map((line) => beginsWith(line.subarray(1), prefix));
    return tidy(() => {
      const logProbs = lineLogProbs(network, lines, prefix.length);
      if (begins.every(Boolean)) return logProbs;
      return where(tensor1d(begins, "bool"), logProbs, fill(logProbs.shape, -Infinity));
    });
  }

  features(x: Rows): Tensor {
    const { network, field, end } = this.options;
    return lastHidden(network, linesOf(x, field, Int32Array.of(end), new Int32Array(0)));
  }

  get protocol() {
    const { end, length } = this.options;
    return ancestral(this.chain, { length, end });
  }
}
