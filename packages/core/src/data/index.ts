export {
  isInteger,
  isNumeric,
  isTensor,
  isText,
  lengthOf,
  offsetsOf,
  sizeOf,
  type NumericArray,
} from "./column.js";
export { adapt, type Adapted } from "./adapt.js";
export { checkRows, conform } from "./check.js";
export { concatenate } from "./concatenate.js";
export { all, chunks } from "./chunks.js";
export { dataset } from "./dataset.js";
export { encodedView } from "./encoded-view.js";
export * from "./encodings/index.js";
export { hashRows } from "./hash.js";
export { elementNames, matrix, type Matrix } from "./matrix.js";
export { ragged, rows, type ColumnLike, type NestedNumbers } from "./rows.js";
export { column, select } from "./select.js";
export { specFromJson, specToJson } from "./spec-json.js";
export {
  describe,
  elements,
  fieldOf,
  isOrdered,
  sameSpec,
  selectSpec,
  besideX,
  weightField,
  xFields,
  yField,
  yFields,
  type CategoryField,
  type RealField,
} from "./spec.js";
export { split } from "./split.js";
export { emptyLike, slice, take } from "./take.js";
export { download, downloadSync, read, readSync, tensor, upload } from "./transfer.js";
export { selectFields, subset } from "./views.js";
export { weightsOf } from "./weights.js";
export { withoutLabels } from "./without-labels.js";
export { refuseGaps, wholeRows } from "./whole-rows.js";
