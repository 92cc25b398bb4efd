import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, makeTensor, memory } from "../../backend/engine.js";
import type { Parameter } from "../shapes.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasQuantile, HasVariance,
} from "../types.js"; // prettier-ignore

/** A distribution on tensors with whatever statistics it has. */
export type AnyDistribution = Distribution &
  Partial<HasCdf & HasEntropy & HasMean & HasMode & HasQuantile & HasVariance>;

/** A distribution of scalars under test, by its parameters' names. */
export interface PropertyCase<Name extends string = string> {
  readonly name: string;
  readonly parameters: Readonly<Record<Name, number>>;
  readonly create: (parameters: Readonly<Record<Name, Parameter>>) => AnyDistribution;
  readonly float64: (parameters: Readonly<Record<Name, number>>) => Float64Distribution;
  /** Points inside the support, away from its ends. */
  readonly inside: readonly number[];
  /** Points outside the support; empty where the support is everything. */
  readonly outside: readonly number[];
  /** The parameters in which logProb has a derivative; by default all. */
  readonly differentiable?: readonly NoInfer<Name>[];
  /** Those whose score has the mean 0: all but ends of the support. By default `differentiable`. */
  readonly scored?: readonly NoInfer<Name>[];
  /** The parameters to which the gradient of a sample flows; by default none. */
  readonly pathwise?: readonly NoInfer<Name>[];
  /** Parameters of the same distribution stretched by a factor of 1e-6 to 1e6, where it has a scale. */
  readonly stretched?: (factor: number) => Readonly<Record<Name, number>>;
}

/** The parameters' names. */
export const namesOf = <Name extends string>(one: PropertyCase<Name>): Name[] =>
  Object.keys(one.parameters) as Name[];

/** The parameters, with some of them replaced. */
export const withParameters = <Name extends string>(
  one: PropertyCase<Name>,
  changed: Readonly<Partial<Record<Name, Parameter>>>,
): Record<Name, Parameter> => ({ ...one.parameters, ...changed });

/** The numbers of a tensor, which is disposed. */
export function read(x: Tensor): number[] {
  const values = Array.from(x.dataSync());
  dispose(x);
  return values;
}

/** A float32 vector. */
export const vector = (values: readonly number[]): Tensor =>
  makeTensor([...values], [values.length], "float32");

/** f's result, having checked that f leaves behind only the tensors that it returns. */
export function leavesOnlyResult(f: () => Tensor): Tensor {
  const before = memory().numTensors;
  const result = f();
  const left = memory().numTensors - before;
  if (left !== 1) throw new Error(`${left} tensors are left where one was returned.`);
  return result;
}

/** The mean and its standard error. */
export function meanWithError(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** The number of samples at which a Kolmogorov-Smirnov gap of 0.02 errs with probability 1e-6 either way (DKW-Massart). */
export const SAMPLES = 72_544;
