import { readSync } from "../../data/index.js";
import type { Encoding, Rows } from "../../data/types.js";
import type { Distribution } from "../../distributions/types.js";
import { makeTensor } from "../../backend/engine.js";
import { MissingCapabilityError } from "../../errors.js";
import type { Latent } from "../types.js";
import { addPerRow } from "../values.js";
import { decodeRows, encodeRows } from "./encode.js";

export const latent = (model: Latent, encoding: Encoding): Latent => ({
  get prior() {
    return model.prior;
  },
  encode: (x) => model.encode(encodeRows(encoding, x)),
  decode: (z) => decoded(model.decode(z), encoding),
});

/** A distribution over the model's rows, seen in the data's units; sampling reads values. */
function decoded(inner: Distribution<Rows>, encoding: Encoding): Distribution<Rows> {
  const over = (rows: Rows): Rows => {
    const x = decodeRows(encoding, rows);
    for (const { data } of Object.values(rows.columns)) if ("dataSync" in data) data.dispose();
    return x;
  };
  return {
    family: `Decoded${inner.family}`,
    batchShape: inner.batchShape,
    eventShape: inner.eventShape,
    sample: (key, shape) => over(inner.sample(key, shape)),
    logProb(x) {
      if (encoding.fidelity === "lossy")
        throw new MissingCapabilityError(
          `p(x | z) has no density over the data: ${encoding.loses ?? "the encoding is lossy"}.`,
        );
      const z = encodeRows(encoding, x);
      const value = addPerRow(inner.logProb(z), readSync(encoding.logDet(x, z)));
      return value instanceof Float64Array ? makeTensor(Float32Array.from(value)) : value;
    },
    ...(hasMode(inner) ? { mode: () => over(inner.mode()) } : {}),
    ...(hasMean(inner) ? { mean: () => over(inner.mean()) } : {}),
  };
}

const hasMode = (d: object): d is { mode(): Rows } => "mode" in d && typeof d.mode === "function";
const hasMean = (d: object): d is { mean(): Rows } => "mean" in d && typeof d.mean === "function";
