import {
  add,
  mul,
  tensor,
  tidy,
  variableGrads,
  zerosLike,
  type Scalar,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { normals } from "@gen/core/random";

const step = 2e-3;

const direction = (size: number, phase: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + phase) + 0.2);

/** Normal numbers of a deviation in each variable, the same at every call. */
export function unevenly(variables: readonly Variable[], deviation: number): void {
  variables.forEach((variable, i) => {
    const numbers = normals(key(11).fold(i), variable.size).map((e) => deviation * e);
    tidy(() => {
      variable.assign(tensor(numbers, variable.shape));
    });
  });
}

/** The largest error of a number's derivative along an uneven direction of each variable against central differences. */
export function derivativeError(f: () => Scalar, variables: readonly Variable[]): number {
  const { value, grads } = variableGrads(f, [...variables]);
  const errors = variables.map((variable, phase) => {
    const along = direction(variable.size, phase);
    const gradient = grads[variable.name];
    const found = gradient ? dot(gradient.dataSync<"float32">(), along) : 0;
    const expected = slope(f, variable, along);
    return Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  });
  value.dispose();
  for (const each of Object.values(grads)) each.dispose();
  return Math.max(...errors);
}

function slope(f: () => Scalar, variable: Variable, along: Float32Array): number {
  const [origin, way] = tidy((): [Tensor, Tensor] => [variable.clone(), tensor(along, variable.shape)]);
  const at = (t: number): number => {
    tidy(() => {
      variable.assign(add(origin, mul(way, t * step)));
    });
    return tidy(() => f().dataSync()[0]!);
  };
  const [a, b, c, d] = [at(-2), at(-1), at(1), at(2)];
  at(0);
  origin.dispose();
  way.dispose();
  return (a - 8 * b + 8 * c - d) / (12 * step);
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** The gradient in all variables, as one array. */
export const gradientOf = (f: () => Scalar, variables: readonly Variable[]): Tensor[] =>
  tidy(() => {
    const { grads } = variableGrads(f, [...variables]);
    return variables.map((variable) => grads[variable.name] ?? zerosLike(variable));
  });
