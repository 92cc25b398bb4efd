import { add, grad, mul, square, sum, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";

export type TensorFunction = (x: Tensor) => Tensor;

/** A point as an array, [2, 3] in shape. */
export const point = (values: readonly number[]): Tensor => tensor([...values], [2, 3]);

const direction = [0.8, -0.5, 0.6, 1, 0.7, -0.9];
const step = 0.02;

/** A scalar function: the operation's outputs, weighted unevenly and summed. */
export const alone =
  (operation: TensorFunction): TensorFunction =>
  (x) =>
    weighted(operation(x));

/** The operation inside a bigger function, with a curved argument, a curved use and another path to x. */
export const inside =
  (operation: TensorFunction): TensorFunction =>
  (x) => {
    const y = operation(add(mul(x, 0.9), mul(square(x), 0.005)));
    return add(weighted(add(square(y), y)), mul(sum(y), sum(square(x))));
  };

/** The largest error of the directional derivative against fourth-order central differences, relative or absolute. */
export const firstOrderError = (scalar: TensorFunction, at: readonly number[]): number =>
  largestError(
    [dot(gradient(scalar)(at), direction)],
    difference((x) => tidy(() => [...scalar(point(x)).dataSync()]), at),
  );

/** The largest error of the Hessian-vector product against fourth-order central differences of the gradient. */
export const secondOrderError = (scalar: TensorFunction, at: readonly number[]): number =>
  largestError(
    gradient((x) => sum(mul(grad(scalar)(x), point(direction))))(at),
    difference(gradient(scalar), at),
  );

const gradient =
  (scalar: TensorFunction) =>
  (x: readonly number[]): number[] =>
    tidy(() => [...grad(scalar)(point(x)).dataSync()]);

/** d/dt g(x + t v) = (g(-2h) - 8 g(-h) + 8 g(h) - g(2h)) / 12h + O(h⁴), in float64. */
function difference(g: (x: number[]) => number[], at: readonly number[]): number[] {
  const [a, b, c, d] = [-2, -1, 1, 2].map((t) => g(at.map((value, i) => value + t * step * direction[i]!)));
  return a!.map((value, i) => (value - 8 * b![i]! + 8 * c![i]! - d![i]!) / (12 * step));
}

const largestError = (found: number[], expected: number[]): number =>
  Math.max(...found.map((value, i) => Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!))));

const dot = (a: number[], b: number[]): number => a.reduce((total, value, i) => total + value * b[i]!, 0);

function weighted(y: Tensor): Tensor {
  const weights = Array.from({ length: y.size }, (_, i) => Math.sin(1.3 * i + 0.7) + 0.3);
  return sum(mul(y, tensor(weights, y.shape)));
}
