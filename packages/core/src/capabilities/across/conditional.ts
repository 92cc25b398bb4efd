import type { DataSpec, Encoding, Field } from "../../data/types.js";
import type { Capable, Conditional } from "../types.js";
import { encodeRows } from "./encode.js";

export const conditional = (
  model: Conditional,
  encoding: Encoding,
  cross: (part: Capable) => Capable,
): Conditional => ({
  condition: conditionSpec(model.condition, encoding.from),
  given: (condition) => cross(model.given(encodeRows(encoding, condition))),
});

/** The condition's fields as the data have them, where the data have them; gaps as the condition allows them. */
function conditionSpec(inner: DataSpec, data: DataSpec): DataSpec {
  const fields: Record<string, Field> = {};
  for (const [name, field] of Object.entries(inner.fields)) {
    const outer = Object.hasOwn(data.fields, name) ? data.fields[name]! : field;
    fields[name] = field.optional === true ? { ...outer, optional: true } : outer;
  }
  return { kind: data.kind, fields };
}
