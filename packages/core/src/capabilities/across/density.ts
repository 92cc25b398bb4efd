import {
  add,
  exp,
  expandDims,
  log,
  makeTensor,
  max,
  mean,
  stack,
  squeeze,
  sub,
  tidy,
} from "../../backend/engine.js";
import { readSync } from "../../data/index.js";
import type { Encoding, Rows } from "../../data/types.js";
import type { Key } from "../../random/types.js";
import type { Values } from "../../types.js";
import type { Bound, Density } from "../types.js";
import { addPerRow } from "../values.js";
import { encodeRows } from "./encode.js";

/** log p(x) = log p(z) + log |dz/dx|. */
export const density = (model: Density, encoding: Encoding): Density => ({
  logProb(x) {
    const z = encodeRows(encoding, x);
    return addPerRow(model.logProb(z), readSync(encoding.logDet(x, z)));
  },
});

export const bound = (model: Bound, encoding: Encoding): Bound => ({
  elbo(x, key, samples) {
    const z = encodeRows(encoding, x, key.fold("encoding"));
    return addPerRow(model.elbo(z, key.fold("model"), samples), readSync(encoding.logDet(x, z)));
  },
});

/**
 * What an exact density becomes behind dequantisation: log P(x) >= E_u [log p(z(x, u)) + log |dz/dx|]
 * (A note on the evaluation of generative models, Theis, van den Oord & Bethge, 2016). Several draws of the noise
 * are importance-weighted, which tightens the bound (Importance weighted autoencoders, Burda et al., 2016).
 */
export const dequantisedDensity = (model: Density, encoding: Encoding): Bound => ({
  elbo(x: Rows, key: Key, samples = 1): Values {
    const draws = Array.from({ length: samples }, (_, k) => {
      const z = encodeRows(encoding, x, key.fold(k));
      return addPerRow(model.logProb(z), readSync(encoding.logDet(x, z)));
    });
    return logMeanExp(draws);
  },
});

function logMeanExp(draws: readonly Values[]): Values {
  const first = draws[0]!;
  if (draws.length === 1) return first;
  if (first instanceof Float64Array)
    return first.map((_, i) => {
      const row = draws.map((draw) => (draw as Float64Array)[i]!);
      const largest = Math.max(...row);
      return largest + Math.log(row.reduce((total, v) => total + Math.exp(v - largest), 0) / row.length);
    });
  return tidy(() => {
    const all = stack(
      draws.map((draw) => (draw instanceof Float64Array ? makeTensor(Float32Array.from(draw)) : draw)),
    );
    const largest = max(all, 0);
    const result = add(largest, log(mean(exp(sub(all, expandDims(largest, 0))), 0)));
    for (const draw of draws) if (!(draw instanceof Float64Array)) draw.dispose();
    return squeeze(expandDims(result, 0), [0]);
  });
}
