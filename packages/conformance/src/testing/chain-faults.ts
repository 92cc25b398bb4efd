import * as tf from "@tensorflow/tfjs-core";
import type { Column, Discrete } from "@gen/core";
import { bigrams, type Bigrams } from "./bigrams.js";
import { broken, type Breaks } from "./broken.js";
import type { Fault } from "./faults.js";
import { rasters, type Rasters } from "./rasters.js";
import { original, withProtocol } from "./replaced.js";

type State = ReturnType<Bigrams["begin"]>;

const fault = (check: string, name: string, says: RegExp, breaks: Breaks<Bigrams>): Fault => ({
  check: `autoregressive-${check}`,
  name,
  says,
  plugin: broken(bigrams, breaks),
});

const ofImages = (check: string, name: string, says: RegExp, breaks: Breaks<Rasters>): Fault => ({
  check,
  name,
  says,
  plugin: broken(rasters, breaks),
});

/** The protocol with other rows to be seen than those that its states hold. */
const viewed = (change: (x: tf.Tensor) => tf.Tensor) =>
  withProtocol((protocol) => ({
    view(state) {
      const view = protocol.view(state);
      const [name, column] = Object.entries(view.x!.columns)[0]!;
      const data = change(column.data as tf.Tensor);
      return { ...view, x: { ...view.x!, columns: { [name]: { ...column, data } } } };
    },
  }));

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
  fault("causal", "deaf to the symbols", /of 1 positions, 0 matter/, {
    model: () => ({ append: (state: State) => ({ last: tf.clone(state.last) }) }),
  }),
  fault("cache", "several symbols at once are read as the first", /all symbols at once/, {
    model: () => ({
      append: (_: State, symbols: tf.Tensor) => ({
        last: tf.tidy(() => tf.reshape(tf.slice(symbols, [0, 0], [symbols.shape[0], 1]), [-1])),
      }),
    }),
  }),
  fault("frames", "a symbol that changes", /line 1 of frame 1/, {
    model: viewed((x) => tf.add(1, tf.mod(x, 3))),
  }),
  fault("samples", "drawn at another temperature", /away from the chain's/, {
    model: withProtocol((protocol) => ({
      advance: (state, at, options) => protocol.advance(state, at, { ...options, temperature: 3 }),
    })),
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
  ofImages("autoregressive-frames", "black where nothing is drawn yet", /frame 1 shows 36 elements/, {
    model: viewed((x) => tf.relu(x)),
  }),
  ofImages("autoregressive-frames", "a pixel that changes", /row 1 of frame 1/, {
    model: viewed((x) => tf.where(tf.equal(x, -1), x, tf.sub(255, x))),
  }),
  ofImages("autoregressive-samples", "pixels of another state", /away from the chain's/, {
    model: withProtocol((protocol) => ({
      advance: (state, at, options) => {
        const forgotten: object = { ...(state as object), pending: undefined };
        return protocol.advance(forgotten as typeof state, at, options);
      },
    })),
  }),
  ofImages("conditional-chain", "what is given counts too", /log p\(x\) of a line/, {
    model: (model) => {
      const given = original<Rasters["given"]>(model, "given");
      return {
        given: (condition: Parameters<Rasters["given"]>[0]) =>
          Object.assign(given(condition), { logProb: (x: typeof condition) => model.logProb(x) }),
      };
    },
  }),
  ofImages("conditional-chain", "nothing is given", /all 36 symbols follow/, {
    model: (model) => ({ given: () => model }),
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
