import { InputError, type NamedArray, type Shape } from "@gen/core";
import { covarianceShape, type Mixture } from "./mixture.js";

const array = (shape: Shape, data: Float64Array): NamedArray => ({ dtype: "F64", shape, data });

/** The parameters of several mixtures as named arrays, mixtures outermost. */
export function joinMixtures(
  mixtures: readonly Mixture[],
  logPriors: Float64Array,
): ReadonlyMap<string, NamedArray> {
  const { type, components: k, columns: d } = mixtures[0]!;
  const join = (pick: (mixture: Mixture) => Float64Array): Float64Array =>
    Float64Array.from(mixtures.flatMap((mixture) => Array.from(pick(mixture))));
  const count = mixtures.length;
  return new Map([
    ["logPriors", array([count], logPriors.slice())],
    [
      "weights",
      array(
        [count, k],
        join((mixture) => mixture.weights),
      ),
    ],
    [
      "means",
      array(
        [count, k, d],
        join((mixture) => mixture.means),
      ),
    ],
    [
      "covariances",
      array(
        [count, ...covarianceShape(type, k, d)],
        join((mixture) => mixture.covariances),
      ),
    ],
  ]);
}

/** The inverse of `joinMixtures`. @throws InputError when an array is missing or has the wrong size. */
export function splitMixtures(
  state: ReadonlyMap<string, NamedArray>,
  like: readonly Mixture[],
): { readonly mixtures: readonly Mixture[]; readonly logPriors: Float64Array } {
  const saved = (name: string, length: number): Float64Array => {
    const data = state.get(name)?.data;
    if (!(data instanceof Float64Array) || data.length !== length)
      throw new InputError(`The saved mixture's "${name}" is missing or has the wrong size.`);
    return data;
  };
  const part = (name: string, size: number, index: number): Float64Array =>
    saved(name, size * like.length).slice(index * size, (index + 1) * size);
  return {
    logPriors: saved("logPriors", like.length).slice(),
    mixtures: like.map((mixture, c) => ({
      ...mixture,
      weights: part("weights", mixture.weights.length, c),
      means: part("means", mixture.means.length, c),
      covariances: part("covariances", mixture.covariances.length, c),
    })),
  };
}
