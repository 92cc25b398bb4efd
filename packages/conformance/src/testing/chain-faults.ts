import * as tf from "@tensorflow/tfjs-core";
import type { Column, Discrete } from "@gen/core";
import { bigrams, type Bigrams } from "./bigrams.js";
import { broken, type Breaks } from "./broken.js";
import type { Fault } from "./faults.js";
import { original, withProtocol } from "./replaced.js";

type State = ReturnType<Bigrams["begin"]>;

const fault = (check: string, name: string, says: RegExp, breaks: Breaks<Bigrams>): Fault => ({
  check: `autoregressive-${check}`,
  name,
  says,
  plugin: broken(bigrams, breaks),
});

/** The next distribution with something added to its logits. */
const warped = (by: () => number) => (model: Bigrams) => {
  const next = original<(state: State) => Discrete>(model, "next");
  return {
    next: (state: State) => {
      const distribution = next(state);
      return { ...distribution, logits: tf.add(distribution.logits, by()) };
    },
  };
};

let calls = 0;

/** Faults of a family that draws symbol by symbol. */
export const chainFaults: readonly Fault[] = [
  fault("normalised", "probabilities beyond 1", /log Σ p\(next symbol\)/, { model: warped(() => 0.1) }),
  fault("density", "a density of its own", /log p\(x\) of a line/, {
    model: (model) => {
      const logProb = original<Bigrams["logProb"]>(model, "logProb");
      return { logProb: (x: Parameters<Bigrams["logProb"]>[0]) => logProb(x).map((value) => value - 0.2) };
    },
  }),
  fault("causal", "a state beside the state", /after a change at/, { model: warped(() => 1e-3 * calls++) }),
  fault("causal", "deaf to the symbols", /depends on its symbol/, {
    model: () => ({ append: (state: State) => ({ last: tf.clone(state.last) }) }),
  }),
  fault("cache", "several symbols at once are read as the first", /all symbols at once/, {
    model: () => ({
      append: (_: State, symbols: tf.Tensor) => ({
        last: tf.tidy(() => tf.reshape(tf.slice(symbols, [0, 0], [symbols.shape[0], 1]), [-1])),
      }),
    }),
  }),
  fault("greedy", "deaf to the temperature", /at a temperature of 0/, {
    model: withProtocol((protocol) => ({
      advance: (state, at, options) => protocol.advance(state, at, { ...options, temperature: 5 }),
    })),
  }),
  fault("symbols", "assembled backwards", /assembled from its symbols/, {
    model: () => ({
      assemble: ({ data, ...rest }: Column) => ({
        length: 1,
        columns: { text: { ...rest, data: (data as Int32Array).slice().reverse() } },
      }),
    }),
  }),
  fault("leaks", "no tidy", /append left 1 tensors behind/, {
    model: () => ({
      append: (_: State, symbols: tf.Tensor) => {
        const [count, k] = symbols.shape as [number, number];
        return { last: tf.reshape(tf.slice(symbols, [0, k - 1], [count, 1]), [count]) };
      },
    }),
  }),
];
