import { cast, concat, fill, reshape, slice, tensor, tidy, tile, type Tensor } from "@tensorflow/tfjs-core";
import {
  Categorical,
  column,
  InputError,
  type Autoregressive,
  type Column,
  type Discrete,
  type Field,
  type Rows,
} from "@gen/core";
import type { AttentionCache } from "@gen/nn";
import { beginsWith, linesOf, raggedSymbols, withPrefix } from "./lines.js";
import type { Transformer } from "./transformer.js";
import { kept } from "./windows.js";

export type Alphabet = Extract<Field, { type: "category" }>;

/** Lines in progress: what the network remembers of them, and their last symbols for when its window is full. */
export type State = {
  readonly caches: AttentionCache[];
  /** The hidden state of the last position, [count, width]. */
  readonly hidden: Tensor;
  /** The symbols in the window, int32 [count, positions]. */
  readonly window: Tensor;
};

export interface ChainOptions {
  readonly network: Transformer;
  readonly alphabet: Alphabet;
  /** The symbol that begins and ends every line. */
  readonly end: number;
  /** The name of the text column. */
  readonly field: string;
  /** Symbols that every line begins with. */
  readonly prefix?: Int32Array;
}

/**
 * Text as a chain of symbols, p(x) = Π p(x_i | x_<i), after a first `end` symbol. The network sees a window: when
 * it is full, the window's last half is read again from position 0, and the line goes on from there.
 */
export class Chain implements Autoregressive<State> {
  readonly alphabet: Alphabet;
  private readonly options: ChainOptions;

  constructor(options: ChainOptions) {
    this.options = options;
    this.alphabet = options.alphabet;
  }

  /** The symbols after the prefix. @throws InputError when a line does not begin with it. */
  symbols(x: Rows): Column {
    const { field, prefix } = this.options;
    if (!prefix || prefix.length === 0) return column(x, field);
    const lines = linesOf(x, field, new Int32Array(0), new Int32Array(0));
    if (!lines.every((line) => beginsWith(line, prefix)))
      throw new InputError("A text does not begin with what was given.");
    return raggedSymbols(lines.map((line) => line.subarray(prefix.length)));
  }

  /** The prefix, and then the symbols. */
  assemble(symbols: Column): Rows {
    const { field, prefix } = this.options;
    const length = symbols.lengths?.length ?? 1;
    const whole = prefix && prefix.length > 0 ? withPrefix(symbols, prefix) : symbols;
    return { length, columns: { [field]: whole } };
  }

  begin(count: number): State {
    return tidy(() => {
      const { end, prefix } = this.options;
      const first = fill([count, 1], end, "int32");
      const state = this.read(first, undefined, first);
      return prefix && prefix.length > 0
        ? this.append(state, tile(tensor(prefix, [1, prefix.length], "int32"), [count, 1]))
        : state;
    });
  }

  next({ hidden }: State): Discrete {
    return new Categorical({ logits: this.options.network.logits(hidden) });
  }

  append(state: State, symbols: Tensor): State {
    return tidy(() => {
      const { context } = this.options.network;
      const [count, k] = symbols.shape as [number, number];
      let current = state;
      for (let at = 0; at < k;) {
        const free = context - current.window.shape[1]!;
        const take = Math.min(k - at, Math.max(1, free));
        const piece = cast(slice(symbols, [0, at], [count, take]), "int32");
        const window = concat([current.window, piece], 1);
        if (free > 0) current = this.read(piece, current.caches, window);
        else {
          const half = lastHalf(window, context);
          current = this.read(half, undefined, half);
        }
        at += take;
      }
      return current;
    });
  }

  /** Reads symbols after those cached; `window` is what the caches then hold. */
  private read(symbols: Tensor, caches: AttentionCache[] | undefined, window: Tensor): State {
    const start = window.shape[1]! - symbols.shape[1]!;
    const { hidden, caches: longer } = this.options.network.extend(symbols, caches, start);
    const [count, positions, width] = hidden.shape as [number, number, number];
    const last = reshape(slice(hidden, [0, positions - 1, 0], [count, 1, width]), [count, width]);
    return { caches: longer, hidden: last, window };
  }
}

function lastHalf(window: Tensor, context: number): Tensor {
  const [count, positions] = window.shape as [number, number];
  const half = kept(context);
  return slice(window, [0, positions - half], [count, half]);
}
