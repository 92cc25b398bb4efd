import {
  add,
  mul,
  scalar,
  sum,
  tensor,
  tidy,
  variableGrads,
  zerosLike,
  type Scalar,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";

/** A function of variables, read anew at each call. */
export type FunctionOfVariables = () => Tensor;

const step = 0.02;
const unevenly = (size: number, phase: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => Math.sin(1.3 * i + phase) + 0.3);

/** Σ w_i y_i with uneven weights, so that the gradient sees every output. */
const weighted = (y: Tensor): Scalar => sum(mul(y, tensor(unevenly(y.size, 0.7), y.shape)));

/** The gradient of one number in each variable, zeros where it doesn't depend on one. */
function slopes(f: () => Scalar, variables: readonly Variable[]): Tensor[] {
  const { grads } = variableGrads(f, [...variables]);
  return variables.map((each) => grads[each.name] ?? zerosLike(each));
}

const read = (tensors: readonly Tensor[]): number[] => tensors.flatMap((each) => [...each.dataSync()]);

/** The gradient of the weighted outputs, all variables in one array. */
const gradient = (f: FunctionOfVariables, variables: readonly Variable[]): number[] =>
  tidy(() => read(slopes(() => weighted(f()), variables)));

/** The weighted outputs, summed in float64. */
function value(f: FunctionOfVariables): number[] {
  return tidy(() => {
    const y = f();
    const weights = unevenly(y.size, 0.7);
    return [[...y.dataSync()].reduce((total, v, i) => total + v * weights[i]!, 0)];
  });
}

function assign(variables: readonly Variable[], flat: readonly number[]): void {
  let from = 0;
  for (const each of variables) {
    const part = Float32Array.from(flat.slice(from, from + each.size));
    tidy(() => each.assign(tensor(part, each.shape)));
    from += each.size;
  }
}

/** (g(-2h) - 8 g(-h) + 8 g(h) - g(2h)) / 12h + O(h⁴) along a direction, in float64. */
function difference(
  g: () => number[],
  variables: readonly Variable[],
  direction: (i: number) => number,
): number[] {
  const origin = read(variables);
  const at = (t: number): number[] => {
    assign(
      variables,
      origin.map((v, i) => v + t * step * direction(i)),
    );
    return g();
  };
  const [a, b, c, d] = [at(-2), at(-1), at(1), at(2)];
  assign(variables, origin);
  return a.map((v, i) => (v - 8 * b[i]! + 8 * c[i]! - d[i]!) / (12 * step));
}

const error = (found: number, expected: number): number =>
  Math.abs(found - expected) / Math.max(1, Math.abs(expected));

/** The largest error of the gradient in any element of any variable against central differences. */
export function firstOrderError(f: FunctionOfVariables, variables: readonly Variable[]): number {
  const found = gradient(f, variables);
  return Math.max(
    ...found.map((v, k) =>
      error(
        v,
        difference(
          () => value(f),
          variables,
          (i) => Number(i === k),
        )[0]!,
      ),
    ),
  );
}

/** The Hessian of the weighted outputs times a direction of uneven numbers, one tensor for each variable. */
export function hessianProduct(f: FunctionOfVariables, variables: readonly Variable[]): Tensor[] {
  const direction = directionOf(variables);
  const along = (): Scalar => {
    let from = 0;
    return slopes(() => weighted(f()), variables).reduce<Scalar>((total, each) => {
      const part = tensor(direction.slice(from, from + each.size), each.shape);
      from += each.size;
      return add(total, sum(mul(each, part)));
    }, scalar(0));
  };
  return tidy(() => slopes(along, variables));
}

const directionOf = (variables: readonly Variable[]): Float32Array =>
  unevenly(
    variables.reduce((total, { size }) => total + size, 0),
    2.1,
  );

/** The largest error of a Hessian-vector product against central differences of the gradient. */
export function secondOrderError(f: FunctionOfVariables, variables: readonly Variable[]): number {
  const direction = directionOf(variables);
  const found = tidy(() => read(hessianProduct(f, variables)));
  const expected = difference(
    () => gradient(f, variables),
    variables,
    (i) => direction[i]!,
  );
  return Math.max(...found.map((v, i) => error(v, expected[i]!)));
}
