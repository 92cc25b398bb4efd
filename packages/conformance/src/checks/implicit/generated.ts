import type { Tensor } from "@tensorflow/tfjs-core";
import { downloadSync, type Implicit, type Rows } from "@gen/core";
import { release } from "../../tensors.js";

/** What becomes of noise, in JavaScript arrays. */
export function generated(model: Implicit, z: Tensor): Rows {
  const rows = model.generate(z);
  try {
    return downloadSync(rows);
  } finally {
    release(rows);
  }
}
