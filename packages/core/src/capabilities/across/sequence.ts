import type { Encoding } from "../../data/types.js";
import type { Sequence } from "../types.js";
import { encodeRows } from "./encode.js";

export const sequence = (model: Sequence, encoding: Encoding): Sequence => ({
  logPartition: (x) => model.logPartition(encodeRows(encoding, x)),
  marginals: (x) => model.marginals(encodeRows(encoding, x)),
  viterbi: (x) => model.viterbi(encodeRows(encoding, x)),
  bestPaths: (x, count) => model.bestPaths(encodeRows(encoding, x), count),
});
