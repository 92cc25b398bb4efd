import type { Tensor } from "@tensorflow/tfjs-core";
import { tidy } from "../backend/engine.js";
import type { WithLogDet } from "./types.js";

/** `tidy` for a value with its log-determinant. */
export function tidyPair(compute: () => WithLogDet): WithLogDet {
  const [value, logDet] = tidy((): [Tensor, Tensor] => {
    const pair = compute();
    return [pair.value, pair.logDet];
  });
  return { value, logDet };
}
