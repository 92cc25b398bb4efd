import { InputError, type NamedArray, type Shape } from "@gen/core";
import { covarianceShape } from "./emissions/covariance.js";
import type { EmissionParameters } from "./emissions/index.js";
import { lengthNumbers } from "./lengths.js";
import type { Parameters } from "./parameters.js";

/** What is learned of one class. */
interface Learning {
  readonly parameters: Parameters;
  /** Quantiles of the lengths of its sequences. */
  readonly lengths: Float64Array;
}

/** What is learned of all classes, with the logarithms of their probabilities. */
export interface Learnings {
  readonly classes: readonly Learning[];
  readonly logPriors: Float64Array;
}

interface Part {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** The arrays of one class, in an order of their own. */
function partsOf({ parameters: { chain, emissions }, lengths }: Learning): readonly Part[] {
  const { states, initial, transition } = chain;
  return [
    { name: "lengths", shape: [lengthNumbers], data: lengths },
    { name: "initial", shape: [states], data: initial },
    { name: "transition", shape: [states, states], data: transition },
    ...emissions.flatMap((emission, i) =>
      emissionParts(emission, states).map((part) => ({ ...part, name: `emission.${i}.${part.name}` })),
    ),
  ];
}

function emissionParts(emission: EmissionParameters, states: number): readonly Part[] {
  switch (emission.kind) {
    case "categorical":
      return [{ name: "probabilities", shape: [states, emission.levels], data: emission.probabilities }];
    case "poisson":
      return [{ name: "rates", shape: [states, emission.columns], data: emission.rates }];
    case "gaussian": {
      const { covariance, components, columns, weights, means, covariances } = emission;
      const shape = covarianceShape(covariance, states * components, columns);
      return [
        { name: "weights", shape: [states, components], data: weights },
        { name: "means", shape: [states, components, columns], data: means },
        { name: "covariances", shape, data: covariances },
      ];
    }
  }
}

/** All that is learned as named arrays, classes outermost. */
export function stateOf({ classes, logPriors }: Learnings): ReadonlyMap<string, NamedArray> {
  const state = new Map<string, NamedArray>([
    ["logPriors", { dtype: "F64", shape: [logPriors.length], data: logPriors.slice() }],
  ]);
  const parts = classes.map(partsOf);
  parts[0]!.forEach(({ name, shape, data: { length } }, i) => {
    const data = new Float64Array(length * classes.length);
    parts.forEach((own, c) => data.set(own[i]!.data, c * length));
    state.set(name, { dtype: "F64", shape: [classes.length, ...shape], data });
  });
  return state;
}

/** The inverse of `stateOf`. @throws InputError when an array is missing or has the wrong size. */
export function learningsFrom(state: ReadonlyMap<string, NamedArray>, like: Learnings): Learnings {
  const count = like.classes.length;
  const saved = (name: string, length: number): Float64Array => {
    const data = state.get(name)?.data;
    if (data instanceof Float64Array && data.length === length) return data;
    throw new InputError(`The saved model's "${name}" is missing or has the wrong size.`);
  };
  return {
    logPriors: saved("logPriors", count).slice(),
    classes: like.classes.map((own, c) => {
      const { parameters, lengths } = own;
      const array = (name: string, { length }: Float64Array): Float64Array =>
        saved(name, length * count).slice(c * length, (c + 1) * length);
      const { chain, emissions } = parameters;
      return {
        lengths: lengthsIn(array("lengths", lengths)),
        parameters: {
          ...parameters,
          chain: {
            ...chain,
            initial: array("initial", chain.initial),
            transition: array("transition", chain.transition),
          },
          emissions: emissions.map((emission, i) =>
            restored(emission, (name, before) => array(`emission.${i}.${name}`, before)),
          ),
        },
      };
    }),
  };
}

function restored(
  emission: EmissionParameters,
  array: (name: string, before: Float64Array) => Float64Array,
): EmissionParameters {
  switch (emission.kind) {
    case "categorical":
      return { ...emission, probabilities: array("probabilities", emission.probabilities) };
    case "poisson":
      return { ...emission, rates: array("rates", emission.rates) };
    case "gaussian":
      return {
        ...emission,
        weights: array("weights", emission.weights),
        means: array("means", emission.means),
        covariances: array("covariances", emission.covariances),
      };
  }
}

/** Longer sequences than these are not drawn: a file that tells of them is damaged. */
const mostSteps = 2 ** 24;

function lengthsIn(quantiles: Float64Array): Float64Array {
  if (quantiles.every((length) => length >= 0 && length <= mostSteps)) return quantiles;
  throw new InputError(
    `The saved model's "lengths" are not all from 0 to ${mostSteps}: the file is damaged.`,
  );
}
