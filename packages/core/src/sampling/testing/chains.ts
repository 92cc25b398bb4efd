import type { Tensor } from "@tensorflow/tfjs-core";
import { gather, makeTensor, reshape, slice } from "../../backend/engine.js";
import type { Autoregressive, Capable } from "../../capabilities/types.js";
import { column } from "../../data/index.js";
import type { Rows } from "../../data/types.js";
import { Categorical } from "../../distributions/categorical.js";
import type { SamplingProtocol } from "../types.js";

/** A Markov chain over three symbols: row i has the probabilities of what follows i, the last those of the first. */
export const transitions = [
  [0.1, 0.6, 0.3],
  [0.5, 0.25, 0.25],
  [0.2, 0.2, 0.6],
  [0.3, 0.2, 0.5],
];

/** The chain of a table of probabilities; its state is each line's last symbol. */
export function markov(
  table: readonly (readonly number[])[] = transitions,
): Autoregressive<{ last: Tensor }> {
  const levels = table[0]!.length;
  return {
    alphabet: { type: "category", shape: [], levels, names: ["a", "b", "c", "d"].slice(0, levels) },
    symbols: (x) => column(x, "x"),
    assemble: (symbols) => ({ length: symbols.lengths!.length, columns: { x: symbols } }),
    begin: (count) => ({ last: makeTensor(new Int32Array(count).fill(table.length - 1), [count], "int32") }),
    next: ({ last }) =>
      new Categorical({
        logits: gather(makeTensor(table.flat().map(Math.log), [table.length, levels]), last),
      }),
    append: (_, symbols) => {
      const [count, k] = symbols.shape as [number, number];
      return { last: reshape(slice(symbols, [0, k - 1], [count, 1]), [count]) };
    },
  };
}

/** Something that samples by the protocol. */
export const sampler = <P>(protocol: P): Capable & { readonly protocol: P } => ({
  spec: { kind: "text", fields: { x: { type: "category", shape: [], levels: 3, sequence: true } } },
  capabilities: new Set(["sample"]),
  protocol,
});

/** The lines of symbols in column x. */
export function lines(x: Rows): number[][] {
  const { data, lengths } = column(x, "x");
  let from = 0;
  return Array.from(lengths!, (length) => {
    from += length;
    return [...(data as Int32Array).slice(from - length, from)];
  });
}

/** A protocol of three steps whose state is one counting tensor, with pieces replaced. */
export const counting = (pieces: Partial<SamplingProtocol>): SamplingProtocol => ({
  kind: "denoising",
  options: {},
  steps: () => 3,
  begin: (_, count) => ({ x: makeTensor(new Float32Array(count)) }),
  advance: (state) => state,
  view: (state) => ({ x: rowsOf(state) }),
  finish: (state) => rowsOf(state),
  ...pieces,
});

/** The tensor x of a state. */
export const tensorOf = (state: unknown): Tensor => (state as { readonly x: Tensor }).x;

/** The state's tensor x as rows. */
export function rowsOf(state: unknown): Rows {
  const data = tensorOf(state);
  return { length: data.shape[0], columns: { x: { data, shape: [] } } };
}
