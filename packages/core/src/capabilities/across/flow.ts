import { readSync } from "../../data/index.js";
import type { Encoding } from "../../data/types.js";
import { tidied } from "../../sampling/tree.js";
import type { Flow } from "../types.js";
import { addPerRow, onEngine } from "../values.js";
import { decoded, encodeRows } from "./encode.js";

export const flow = (model: Flow, encoding: Encoding): Flow => ({
  get base() {
    return model.base;
  },
  toLatent: (x) =>
    tidied(() => {
      const rows = encodeRows(encoding, x);
      const { z, logDet } = model.toLatent(rows);
      return { z, logDet: onEngine(addPerRow(logDet, readSync(encoding.logDet(x, rows)))) };
    }),
  fromLatent: (z) => decoded(encoding, () => model.fromLatent(z)),
});
