import type { Rows } from "@gen/core";
import { numbersOf, type FieldOfX } from "./columns.js";
import { addLogMultinomial, type Multinomial } from "./counts/multinomial.js";
import type { Slots } from "./levels/slots.js";
import { addLogLevels, type Table } from "./levels/table.js";
import { addLogNormals, type Normals } from "./reals/normal.js";

/** log p(columns | y) as plain data, that can be sent to another thread. */
export type Evaluator =
  | { readonly kind: "normals"; readonly source: FieldOfX; readonly normals: Normals }
  | { readonly kind: "table"; readonly source: FieldOfX; readonly slots: Slots; readonly table: Table }
  | { readonly kind: "multinomial"; readonly fields: readonly FieldOfX[]; readonly model: Multinomial };

/** Adds log p(columns | y) of each row to `into`, [rows, classes], in nats: a pure function of the rows. */
export function evaluate(evaluator: Evaluator, x: Rows, into: Float64Array): void {
  if (evaluator.kind === "multinomial") {
    addLogMultinomial(evaluator.model, evaluator.fields, x, into);
    return;
  }
  const { source } = evaluator;
  const data = numbersOf(x, source);
  if (data === undefined) return;
  if (evaluator.kind === "normals") addLogNormals(evaluator.normals, source, data, into);
  else addLogLevels(evaluator.table, source, evaluator.slots, data, into);
}
