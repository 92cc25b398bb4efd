import { makeTensor, stack, sub } from "../../backend/engine.js";
import type { Encoding } from "../../data/types.js";
import { float64, logSumExp } from "../../math/index.js";
import { tidied } from "../../sampling/tree.js";
import type { Values } from "../../types.js";
import type { Bound, Density } from "../types.js";
import { onEngine } from "../values.js";
import { acrossDensity } from "./encode.js";

export const density = (model: Density, encoding: Encoding): Density => ({
  logProb: (x) => acrossDensity(encoding, x, (z) => model.logProb(z)),
});

export const bound = (model: Bound, encoding: Encoding): Bound => ({
  elbo: (x, key, samples) =>
    acrossDensity(encoding, x, (z) => model.elbo(z, key.fold("model"), samples), key.fold("encoding")),
});

/**
 * What an exact density becomes behind dequantisation: log P(x) >= E_u [log p(z(x, u)) + log |dz/dx|]
 * (A note on the evaluation of generative models, Theis, van den Oord & Bethge, 2016). Several draws of the noise
 * are importance-weighted, which tightens the bound (Importance weighted autoencoders, Burda et al., 2016).
 */
export const dequantisedDensity = (model: Density, encoding: Encoding): Bound => ({
  elbo: (x, key, samples = 1) =>
    tidied(() => {
      const draws = Array.from({ length: samples }, (_, k) =>
        acrossDensity(encoding, x, (z) => model.logProb(z), key.fold(k)),
      );
      return draws.length === 1 ? draws[0]! : logMeanExp(draws);
    }),
});

function logMeanExp(draws: readonly Values[]): Values {
  const count = Math.log(draws.length);
  const arrays = draws.filter((draw) => draw instanceof Float64Array);
  if (arrays.length < draws.length) return sub(logSumExp(stack(draws.map(onEngine)), 0), makeTensor(count));
  return arrays[0]!.map(
    (_, row) => float64.logSumExp(Float64Array.from(arrays, (draw) => draw[row]!)) - count,
  );
}
