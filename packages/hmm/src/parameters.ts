import { paddedChain, type Chain, type PaddedChain } from "./chain/chain.js";
import { emissionOf, type Emission, type EmissionParameters } from "./emissions/index.js";

/** All that a hidden Markov model is: plain data, that can be sent to another thread. */
export interface Parameters {
  readonly chain: Chain;
  /** One for each track of the data, independent given the state. */
  readonly emissions: readonly EmissionParameters[];
  /** The tag that each state stands for, where the data have tags. */
  readonly tags?: Int32Array;
}

/** Parameters made ready for computing. */
export interface Prepared {
  readonly parameters: Parameters;
  readonly chain: PaddedChain;
  readonly emissions: readonly Emission[];
}

/** @throws InputError when a covariance is not positive definite. */
export const prepare = (parameters: Parameters): Prepared => ({
  parameters,
  chain: paddedChain(parameters.chain),
  emissions: parameters.emissions.map((emission) => emissionOf(emission, parameters.chain.states)),
});
