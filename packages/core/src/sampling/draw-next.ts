import type { Tensor } from "@tensorflow/tfjs-core";
import { argMax, cast } from "../backend/engine.js";
import type { Discrete } from "../distributions/types.js";
import { categorical } from "../random/index.js";
import type { Key } from "../random/types.js";
import { warp, type Warp } from "./warp.js";

/** The next symbol of each line, int32 [count], with the log-probabilities that it was drawn from. */
export function drawNext(
  { logits }: Discrete,
  key: Key,
  options: Warp,
): { readonly logits: Tensor; readonly symbols: Tensor } {
  const warped = warp(logits, options);
  const symbols = options.temperature === 0 ? argMax(warped, -1) : categorical(key, warped);
  return { logits: warped, symbols: cast(symbols, "int32") };
}
