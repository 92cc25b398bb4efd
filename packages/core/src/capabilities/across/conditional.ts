import type { DataSpec, Encoding, Field } from "../../data/types.js";
import { encoded } from "../border.js";
import type { Conditional } from "../types.js";
import { encodeRows } from "./encode.js";

export const conditional = (model: Conditional, encoding: Encoding): Conditional => ({
  condition: conditionSpec(model.condition, encoding.from),
  given: (condition) => encoded(model.given(encodeRows(encoding, condition)), encoding),
});

/** The condition's fields as the data have them, where the data have them. */
function conditionSpec(inner: DataSpec, data: DataSpec): DataSpec {
  const fields: Record<string, Field> = {};
  for (const [name, field] of Object.entries(inner.fields)) fields[name] = data.fields[name] ?? field;
  return { kind: data.kind, fields };
}
