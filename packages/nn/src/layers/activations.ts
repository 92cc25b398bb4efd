import { add, erf, mul, sigmoid, square, tanh, tidy, type Tensor } from "@tensorflow/tfjs-core";

/** x Φ(x), with the exact normal cdf (Gaussian error linear units, Hendrycks & Gimpel, 2016). */
export const gelu = (x: Tensor): Tensor => tidy(() => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1)));

/** GELU in its tanh form: x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))) (Gaussian error linear units, Hendrycks & Gimpel, 2016). */
export const geluTanh = (x: Tensor): Tensor =>
  tidy(() => {
    const inner = mul(mul(x, add(mul(square(x), 0.044715), 1)), Math.sqrt(2 / Math.PI));
    return mul(mul(x, 0.5), add(tanh(inner), 1));
  });

/** x σ(x) (Gaussian error linear units, Hendrycks & Gimpel, 2016). */
export const silu = (x: Tensor): Tensor => tidy(() => mul(x, sigmoid(x)));
