import type { DataSpec } from "@gen/core";
import { Text } from "./text.js";
import type { Transformer } from "./transformer.js";

export interface TokenOptions {
  /** The token that begins and ends every text: GPT-2's <|endoftext|> is 50256. */
  readonly end: number;
  /** Tokens to draw at most, unless told otherwise: by default as many as the network sees. */
  readonly length?: number;
  /** What every text begins with, after `end`. */
  readonly prefix?: Int32Array;
}

/**
 * A network as a model of token ids in one ragged column `tokens`: it samples, scores and gives features. For
 * networks that were trained elsewhere, whose tokens are made by another tool. Borrows the network.
 */
export function overTokens(
  network: Transformer,
  { end, length = network.context, prefix = new Int32Array(0) }: TokenOptions,
): Text {
  const alphabet = { type: "category", shape: [], levels: network.levels, sequence: true } as const;
  const spec: DataSpec = { kind: "sequences", fields: { tokens: alphabet } };
  return new Text({ spec, field: "tokens", network, alphabet, end, length, prefix });
}
