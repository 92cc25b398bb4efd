import { selectSpec, xFields } from "./spec.js";
import type { Dataset, DataSpec } from "./types.js";
import { selectFields } from "./views.js";

/** Without the fields of role y. */
export function withoutLabels(data: Dataset): Dataset;
export function withoutLabels(spec: DataSpec): DataSpec;
export function withoutLabels(data: Dataset | DataSpec): Dataset | DataSpec {
  return "take" in data
    ? selectFields(data, Object.keys(xFields(data.spec)))
    : selectSpec(data, Object.keys(xFields(data)));
}
