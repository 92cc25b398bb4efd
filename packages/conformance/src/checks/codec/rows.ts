import { isInteger, isNumeric, select, slice, type Rows } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureSameRows } from "../../numbers/compare.js";
import { taken } from "./taken.js";

const tolerance = 1e-4;

export const codecRows = ofCapability({
  id: "codec-rows",
  capability: "codec",
  why: "The first row's code, and what is reconstructed from it, do not depend on the rows that follow.",
  async run(model, subject) {
    const x = await subject.x();
    const codes = await taken(model.compress(x));
    const again = await taken(model.reconstruct(codes));
    const first = (rows: Rows): Rows => slice(rows, 0, 1);
    const code = await taken(model.compress(first(x)));
    ensureSameRows("the code of the first row alone", code, first(codes), tolerance);
    const alone = await taken(model.reconstruct(first(codes)));
    ensureAlike("the reconstruction of the first row alone", alone, first(again));
    return undefined;
  },
});

/** Reals agree to a tolerance; of categories, which rounding may tip over, one element in a hundred may differ. */
function ensureAlike(name: string, found: Rows, expected: Rows): void {
  for (const [column, { data }] of Object.entries(expected.columns)) {
    const one = (rows: Rows): Rows => select(rows, [column]);
    if (!isNumeric(data) || !isInteger(data)) {
      ensureSameRows(name, one(found), one(expected), tolerance);
      continue;
    }
    const values = one(found).columns[column]!.data as ArrayLike<number>;
    const others = data.filter((value: number, i: number) => values[i] !== value).length;
    ensure(
      others <= Math.max(1, data.length / 100),
      `${name}, column "${column}": ${others} of ${data.length} elements are others`,
    );
  }
}
