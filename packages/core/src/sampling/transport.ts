import type { Tensor } from "@tensorflow/tfjs-core";
import { add, mul, sub } from "../backend/engine.js";
import type { Rows } from "../data/types.js";
import type { Distribution, HasMean } from "../distributions/types.js";
import type { Key } from "../random/types.js";
import type { Tree } from "../types.js";
import { transportOptions } from "./options.js";
import type { SamplingProtocol } from "./types.js";

/** A draw on its way from the base to the data. */
type State<G extends Tree> = {
  readonly z: readonly Tensor[];
  /** Layers that it has passed. */
  readonly passed: number;
  readonly given: G;
};

export interface TransportSettings<G extends Tree> {
  /** Read when a draw begins, so that it may be a getter that makes tensors. */
  readonly base: Distribution<readonly Tensor[]> & HasMean<readonly Tensor[]>;
  /** What the layers depend on beside z, such as classes: `count` of them. */
  readonly given: (key: Key, count: number) => G;
  /** How many layers the map from the base to the data has. */
  readonly layers: number;
  /** What one layer makes of z, `layer` counting from 0 at the base. */
  readonly pass: (z: readonly Tensor[], layer: number, given: G) => readonly Tensor[];
  /** Rows of z when it has passed so many layers. */
  readonly show: (z: readonly Tensor[], passed: number, given: G) => Rows;
}

/**
 * Transport: z from the base distribution, which is the first step, then through the layers of an invertible map to the
 * data, one a step.
 */
export function transport<G extends Tree>(
  settings: TransportSettings<G>,
): SamplingProtocol<State<G>, typeof transportOptions> {
  const { layers, pass, show } = settings;
  const seen = ({ z, passed, given }: State<G>): Rows => show(z, passed, given);
  return {
    kind: "transport",
    options: transportOptions,
    steps: () => layers + 1,
    begin(key, count, { temperature }) {
      const { base } = settings;
      const drawn = base.sample(key.fold("base"), [count]);
      const z = temperature === 1 ? drawn : scaled(drawn, base.mean(), temperature);
      return { z, passed: 0, given: settings.given(key.fold("given"), count) };
    },
    advance: (state, { step }) =>
      step === 0 ? state : { ...state, z: pass(state.z, step - 1, state.given), passed: step },
    view: (state) => ({ x: seen(state) }),
    finish: seen,
  };
}

const scaled = (z: readonly Tensor[], centre: readonly Tensor[], temperature: number): Tensor[] =>
  z.map((part, i) => add(centre[i]!, mul(sub(part, centre[i]!), temperature)));
