import { column, has, isText, sample, type Column } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureRows } from "../../numbers/compare.js";
import { shortDraw } from "../../short-draw.js";
import { conditionOf } from "./condition.js";

const count = 6;

export const conditionalSamples = ofCapability({
  id: "conditional-samples",
  capability: "conditional",
  why: "Samples given a condition carry it: the same label, the same beginning.",
  async run(model, subject) {
    const condition = conditionOf(model, await subject.rows(1));
    const view = model.given(condition);
    if (!has(view, "sample")) return "the view does not sample";
    const rows = await sample(view, shortDraw(view, subject.key.fold("given"), count));
    ensureRows("samples given a condition", rows, { count, spec: model.spec });
    for (const [name, given] of Object.entries(condition.columns))
      for (let row = 0; row < count; row++)
        ensure(
          begins(column(rows, name), row, given),
          `column "${name}" of sample ${row + 1} lacks the condition`,
        );
    return undefined;
  },
});

/** Whether a row of a column is what was given where that is not missing, or begins with it. */
function begins({ data, shape, lengths }: Column, row: number, given: Column): boolean {
  if (isText(data)) return isText(given.data) && data[row]!.startsWith(given.data[0]!);
  if (!ArrayBuffer.isView(data) || !ArrayBuffer.isView(given.data)) return false;
  const size = shape.reduce((product, axis) => product * axis, 1);
  const from = lengths ? lengths.slice(0, row).reduce((sum, length) => sum + length, 0) : row;
  return given.data.every(
    (value: number, i: number) =>
      // Tensors of reals are float32.
      Math.fround(data[from * size + i]!) === Math.fround(value) || value === -1 || Number.isNaN(value),
  );
}
