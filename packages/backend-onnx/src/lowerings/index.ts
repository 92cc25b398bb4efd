import { binary } from "./binary.js";
import { composites } from "./composites.js";
import { convolutions } from "./convolutions.js";
import { elementwise } from "./elementwise.js";
import { indexing } from "./indexing.js";
import type { Lowerings } from "./lowering.js";
import { pooling } from "./pooling.js";
import { products } from "./products.js";
import { reductions } from "./reductions.js";
import { resizing } from "./resizing.js";
import { structure } from "./structure.js";

/** What each kernel of TensorFlow.js is in ONNX: the one table for running, compiling and exporting. */
export const lowerings: Lowerings = {
  ...elementwise,
  ...binary,
  ...reductions,
  ...structure,
  ...products,
  ...indexing,
  ...convolutions,
  ...pooling,
  ...resizing,
  ...composites,
};
