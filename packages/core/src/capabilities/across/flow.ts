import { makeTensor } from "../../backend/engine.js";
import { readSync } from "../../data/index.js";
import type { Encoding } from "../../data/types.js";
import type { Flow } from "../types.js";
import { addPerRow } from "../values.js";
import { decodeRows, encodeRows } from "./encode.js";

export const flow = (model: Flow, encoding: Encoding): Flow => ({
  get base() {
    return model.base;
  },
  toLatent(x) {
    const rows = encodeRows(encoding, x);
    const { z, logDet } = model.toLatent(rows);
    const total = addPerRow(logDet, readSync(encoding.logDet(x, rows)));
    return { z, logDet: total instanceof Float64Array ? makeTensor(Float32Array.from(total)) : total };
  },
  fromLatent: (z) => decodeRows(encoding, model.fromLatent(z)),
});
