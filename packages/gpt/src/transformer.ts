import { add, matMul, reshape, slice, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { InputError, type Key } from "@gen/core";
import {
  collect,
  dropout,
  Embedding,
  LayerNorm,
  normal,
  type AttentionCache,
  type Layer,
  type Variables,
} from "@gen/nn";
import { Block } from "./block.js";

export interface TransformerOptions {
  /** Symbols of the alphabet. */
  readonly levels: number;
  readonly context: number;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly epsilon?: number;
  readonly key: Key;
  /** The numbers that a file holds: a network of more is not the file's. */
  readonly saved?: number;
}

/** Numbers of the largest tensor in a forward pass over many lines: 64 MB. */
const mostAtOnce = 2 ** 24;

/** Keeps a hostile file from asking for any memory: 512 MB, which GPT-2's smallest form has room in. */
const mostParameters = 2 ** 27;

function checkSize(
  sizes: Pick<TransformerOptions, "levels" | "context" | "layers" | "width" | "saved">,
): void {
  const { levels, context, layers, width, saved = Infinity } = sizes;
  const parameters = (levels + context) * width + layers * (12 * width + 13) * width + 2 * width;
  if (parameters > saved)
    throw new InputError(
      `A transformer of ${layers} layers of width ${width} over ${levels} symbols has ${parameters} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (parameters <= mostParameters) return;
  throw new InputError(
    `A transformer of ${layers} layers of width ${width} over ${levels} symbols has ${parameters} parameters, more than ${mostParameters}: choose fewer layers or a smaller width.`,
  );
}

/**
 * GPT-2's network: token and position embeddings, pre-norm blocks, a last norm, and the token embedding again as
 * the output (Language models are unsupervised multitask learners, Radford et al., 2019).
 */
export class Transformer implements Layer {
  readonly context: number;
  readonly levels: number;
  readonly width: number;
  /** Lines of a full context that are read at once, for bounded memory. */
  readonly linesAtOnce: number;
  private readonly token: Embedding;
  private readonly position: Embedding;
  private readonly blocks: readonly Block[];
  private readonly norm: LayerNorm;

  /** @throws InputError when heads don't divide the width, and for more parameters than 2^27. */
  constructor({ levels, context, layers, heads, width, epsilon = 1e-5, key, saved }: TransformerOptions) {
    if (width % heads !== 0)
      throw new InputError(
        `${heads} heads don't divide a width of ${width}: choose a width that is a multiple of heads.`,
      );
    checkSize({ levels, context, layers, width, ...(saved !== undefined && { saved }) });
    this.linesAtOnce = Math.max(
      1,
      Math.floor(mostAtOnce / (context * Math.max(levels, heads * context, 4 * width))),
    );
    this.context = context;
    this.levels = levels;
    this.width = width;
    const weight = normal(0.02);
    this.token = new Embedding({ levels, width, key: key.fold("token"), weight });
    this.position = new Embedding({ levels: context, width, key: key.fold("position"), weight });
    this.blocks = Array.from(
      { length: layers },
      (_, i) => new Block({ width, heads, layers, epsilon, key: key.fold("block").fold(i) }),
    );
    this.norm = new LayerNorm({ width, epsilon });
  }

  get variables(): Variables {
    const blocks = Object.fromEntries(this.blocks.map((block, i) => [`blocks/${i}`, block]));
    return collect({ token: this.token, position: this.position, ...blocks, norm: this.norm });
  }

  /** The last hidden states of symbols [count, positions]: [count, positions, width]. */
  hidden(symbols: Tensor, rate = 0, key?: Key): Tensor {
    return tidy(() => {
      const embedded = dropout(this.embed(symbols, 0), rate, key?.fold("embedding"));
      const y = this.blocks.reduce((x, block, i) => block.call(x, rate, key?.fold(i)), embedded);
      return this.norm.call(y);
    });
  }

  /** As `hidden`, for symbols that follow `start` cached positions; gives the longer caches too. */
  extend(
    symbols: Tensor,
    caches: readonly AttentionCache[] | undefined,
    start: number,
  ): { readonly hidden: Tensor; readonly caches: AttentionCache[] } {
    let x = this.embed(symbols, start);
    const longer = this.blocks.map((block, i) => {
      const { y, cache } = block.extend(x, caches?.[i]);
      x = y;
      return cache;
    });
    return { hidden: this.norm.call(x), caches: longer };
  }

  /** Unnormalised log-probabilities of the next symbol, [..., levels], of hidden states [..., width]. */
  logits(hidden: Tensor): Tensor {
    return tidy(() => {
      const flat = reshape(hidden, [-1, this.width]);
      return reshape(matMul(flat, this.token.weight, false, true), [
        ...hidden.shape.slice(0, -1),
        this.levels,
      ]);
    });
  }

  private embed(symbols: Tensor, start: number): Tensor {
    const positions = symbols.shape[1]!;
    return tidy(() =>
      add(this.token.call(symbols), slice(this.position.weight, [start, 0], [positions, this.width])),
    );
  }
}
