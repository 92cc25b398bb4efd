import {
  add,
  customGrad,
  erf,
  mul,
  sigmoid,
  square,
  sub,
  tanh,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { nativeKernel } from "../native-kernel.js";

/** x Φ(x), with the exact normal cdf (Gaussian error linear units, Hendrycks & Gimpel, 2016). */
export const gelu = (x: Tensor): Tensor => tidy(() => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1)));

const slope = 2 * Math.sqrt(2 / Math.PI);
const cubic = 0.044715 * slope;

/** GELU in its tanh form: x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))) (Gaussian error linear units, Hendrycks & Gimpel, 2016). */
export function geluTanh(x: Tensor): Tensor {
  const recorded = customGrad((_, save) => {
    if (typeof save === "function") save([x]);
    return {
      value: geluTanhValue(x),
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => geluTanhGradient(saved!, dy),
    };
  });
  return tidy(() => recorded(x));
}

function geluTanhValue(x: Tensor): Tensor {
  const native = nativeKernel("Gelu");
  if (native) return native({ x }, { approximate: "tanh" });
  const inner = mul(mul(x, add(mul(square(x), 0.044715), 1)), Math.sqrt(2 / Math.PI));
  return mul(mul(x, 0.5), add(tanh(inner), 1));
}

/** As x σ(v) with v = 2 √(2/π) (x + 0.044715 x³), so that the derivative is σ + x σ (1 - σ) v'. */
function geluTanhGradient(x: Tensor, dy: Tensor): Tensor {
  const powers = mul(square(x), cubic);
  const gate = sigmoid(mul(add(powers, slope), x));
  const inner = mul(mul(x, gate), add(mul(powers, 3), slope));
  return mul(dy, add(mul(inner, sub(1, gate)), gate));
}

/** x σ(x) (Gaussian error linear units, Hendrycks & Gimpel, 2016). */
export function silu(x: Tensor): Tensor {
  const recorded = customGrad((_, save) => {
    if (typeof save === "function") save([x]);
    return {
      value: mul(x, sigmoid(x)),
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => siluGradient(saved!, dy),
    };
  });
  return tidy(() => recorded(x));
}

/** With y = x σ: σ + y (1 - σ) = y + σ (1 - y). */
function siluGradient(x: Tensor, dy: Tensor): Tensor {
  const gate = sigmoid(x);
  const y = mul(x, gate);
  return mul(dy, add(y, mul(gate, sub(1, y))));
}
