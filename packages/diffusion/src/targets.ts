import { add, div, mul, sub, tensor, type Tensor } from "@tensorflow/tfjs-core";

/** What a network is taught to tell of x = α x₀ + σ ε: the noise ε, the data x₀, or v = α ε - σ x₀. */
export type Target = "epsilon" | "x0" | "v";

/** α and σ of all rows, or of each: tensors that broadcast with x. */
export interface Mix {
  readonly alpha: Tensor | number;
  readonly sigma: Tensor | number;
}

/** A number for each row, as a tensor that broadcasts with x. */
export const perRow = (values: readonly number[], x: Tensor): Tensor =>
  tensor(Float32Array.from(values), [values.length, ...x.shape.slice(1).map(() => 1)]);

/** x = α x₀ + σ ε taken apart. */
export interface Parts {
  readonly data: Tensor;
  readonly noise: Tensor;
}

/** α x₀ + σ ε. */
export const mixed = ({ data, noise }: Parts, { alpha, sigma }: Mix): Tensor =>
  add(mul(data, alpha), mul(noise, sigma));

/** What a network should say. */
export function targetOf(target: Target, { data, noise }: Parts, { alpha, sigma }: Mix): Tensor {
  switch (target) {
    case "epsilon":
      return noise;
    case "x0":
      return data;
    case "v":
      return sub(mul(noise, alpha), mul(data, sigma));
  }
}

/** Data and noise by what a network said of x (v: Progressive distillation, Salimans & Ho, 2022). */
export function partsOf(target: Target, said: Tensor, x: Tensor, { alpha, sigma }: Mix): Parts {
  switch (target) {
    case "epsilon":
      return { data: div(sub(x, mul(said, sigma)), alpha), noise: said };
    case "x0":
      return { data: said, noise: div(sub(x, mul(said, alpha)), sigma) };
    case "v":
      return {
        data: sub(mul(x, alpha), mul(said, sigma)),
        noise: add(mul(x, sigma), mul(said, alpha)),
      };
  }
}
