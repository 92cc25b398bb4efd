import type { Encoding, Rows } from "../../data/types.js";
import type { Distribution } from "../../distributions/types.js";
import { MissingCapabilityError } from "../../errors.js";
import { tidied } from "../../sampling/tree.js";
import type { Latent } from "../types.js";
import { onEngine } from "../values.js";
import { acrossDensity, decoded, encodeRows } from "./encode.js";

export const latent = (model: Latent, encoding: Encoding): Latent => ({
  get prior() {
    return model.prior;
  },
  encode: (x) => model.encode(encodeRows(encoding, x)),
  decode: (z) => inUnits(model.decode(z), encoding),
});

/** A distribution over the model's rows, seen in the data's units; sampling reads values. */
function inUnits(inner: Distribution<Rows>, encoding: Encoding): Distribution<Rows> {
  return {
    family: `Decoded${inner.family}`,
    batchShape: inner.batchShape,
    eventShape: inner.eventShape,
    sample: (key, shape) => decoded(encoding, () => inner.sample(key, shape)),
    logProb(x) {
      if (encoding.fidelity === "lossy")
        throw new MissingCapabilityError(
          `p(x | z) has no density over the data: ${encoding.loses ?? "the encoding is lossy"}.`,
        );
      return tidied(() => onEngine(acrossDensity(encoding, x, (rows) => inner.logProb(rows))));
    },
    ...(hasMode(inner) ? { mode: () => decoded(encoding, () => inner.mode()) } : {}),
    ...(hasMean(inner) ? { mean: () => decoded(encoding, () => inner.mean()) } : {}),
  };
}

const hasMode = (d: object): d is { mode(): Rows } => "mode" in d && typeof d.mode === "function";
const hasMean = (d: object): d is { mean(): Rows } => "mean" in d && typeof d.mean === "function";
