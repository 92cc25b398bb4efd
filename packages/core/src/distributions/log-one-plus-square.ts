import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  add,
  less,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  reciprocal,
  square,
  where,
} from "../backend/engine.js";

/** log(1 + x²), by 2 log |x| + log(1 + x⁻²) where |x| ≥ 1, so that x² can't overflow. */
export function logOnePlusSquare(x: Tensor): Tensor {
  const size = abs(x);
  const large = maximum(size, 1);
  return where(
    less(size, 1),
    log1p(square(minimum(size, 1))),
    add(mul(2, log(large)), log1p(square(reciprocal(large)))),
  );
}
